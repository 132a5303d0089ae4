package dev.backstop.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.Event;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class WebServerTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final SequencedMap<String, Readiness.Check> checks = new LinkedHashMap<>();
  private WebServer server;
  private Store store;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    store = Store.open(folder, new byte[32], StoreSettings.DEFAULTS, InstantSource.system());
    server = start(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  @Test
  void metricsAreInPrometheusText() throws IOException {
    Counter.builder().name("things_total").help("Things.").register(registry).inc();
    assertThat(get("/metrics")).startsWith("HTTP/1.1 200 ").contains("\nthings_total 1.0\n");
    assertThat(ask("GET", "/metrics", "Host: localhost", "Accept: application/openmetrics-text"))
        .contains("application/openmetrics-text; version=1.0.0")
        .endsWith("# EOF\n");
  }

  @Test
  void liveAnswersWhateverTheChecksSay() throws IOException {
    checks.put("store", new Readiness.Check(false, "disk full"));
    assertThat(get("/health/live")).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"up\"}");
  }

  @Test
  void readyWhenEveryCheckIsUp() throws IOException {
    checks.put("store", new Readiness.Check(true, "open"));
    assertThat(get("/health/ready"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith(
            "{\"status\":\"up\",\"checks\":{\"store\":{\"status\":\"up\",\"detail\":\"open\"}}}");
  }

  @Test
  void notReadyWhenOneIsDown() throws IOException {
    checks.put("store", new Readiness.Check(true, "open"));
    checks.put("milter", new Readiness.Check(false, "\"closed\""));
    assertThat(get("/health/ready"))
        .startsWith("HTTP/1.1 503 ")
        .contains("{\"status\":\"down\",\"checks\":{\"store\":")
        .endsWith("\"milter\":{\"status\":\"down\",\"detail\":\"\\\"closed\\\"\"}}}");
  }

  @Test
  void aFailingPageIsAnErrorWithoutItsCause() throws IOException {
    checks.put("store", null);
    assertThat(get("/health/ready")).startsWith("HTTP/1.1 500 ").doesNotContain("Exception");
  }

  @Test
  void eventsAreToldInTheWordsOfTheLog() throws Exception {
    store.events().append(event("ours.test", Verdict.UNPROVEN));
    store.events().append(event("other.test", Verdict.GENUINE));
    store.journal().begin(Set.of("ours.test")); // what waits is written with it

    assertThat(get("/api/events?domain=Ours.test&verdict=unproven&enforced=backscatter&most=5"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"verdict\":\"unproven\",\"enforced\":\"backscatter\",\"action\":\"passed\"")
        .contains("\"explanation\":\"Nothing proves it.\"")
        .contains("\"evidence\":[{\"proof\":\"batv\"}]")
        .doesNotContain("other.test");
    assertThat(get("/api/events?recipient=nobody%40ours.test")).endsWith("{\"events\":[]}");
    assertThat(get("/api/events")).contains("ours.test").contains("other.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"verdict=true", "most=0", "most=x", "hours=-1", "colour=red", "domain=%zz", "&"})
  void aQueryThatSaysSomethingElseIsRefused(String query) throws IOException {
    assertThat(get("/api/events?" + query)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void eventsNamePeopleAndAreNotToldToTheWorld() throws IOException {
    server.close();
    server = start(InetAddress.getByName("0.0.0.0"));
    assertThat(ask("GET", "/api/events", "Host: mx.example")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void withoutAStoreEventsAreUnavailable() throws IOException {
    store.close();
    assertThat(get("/api/events")).startsWith("HTTP/1.1 503 ");
  }

  private static Event event(String domain, Verdict verdict) {
    return new Event(
        Instant.now(),
        verdict,
        Verdict.BACKSCATTER,
        "passed",
        "observe",
        Form.BOUNCE,
        domain,
        "<>",
        "anna@" + domain,
        "192.0.2.7",
        "Q1",
        "<1@x>",
        "mx.example.net",
        "203.0.113.9",
        "Hello",
        "[{\"proof\":\"batv\"}]",
        "Nothing proves it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/metrics/", "/metrics/../health/live", "//metrics"})
  void nothingElseIsHere(String path) throws IOException {
    assertThat(get(path)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void onlyReadingIsAllowed() throws IOException {
    assertThat(ask("POST", "/metrics", "Host: localhost", "Content-Length: 0"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD");
    assertThat(ask("HEAD", "/health/live", "Host: localhost"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("Content-Length: 15")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9000", "127.0.0.1:8025", "127.9.9.9", "[::1]:80"})
  void loopbackAnswersToItsOwnNames(String host) throws IOException {
    assertThat(ask("GET", "/health/live", "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"attacker.example", "127.0.0.1.attacker.example", "localhost.attacker.example:80"})
  void loopbackRefusesNamesOfOthers(String host) throws IOException {
    assertThat(ask("GET", "/metrics", "Host: " + host)).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void aPublicAddressAnswersToAnyName() throws IOException {
    server.close();
    server = start(InetAddress.getByName("0.0.0.0"));
    assertThat(ask("GET", "/health/live", "Host: mx.example")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void headersAreBounded() throws IOException {
    assertThat(ask("GET", "/health/live", "Host: localhost", "X: " + "x".repeat(20_000)))
        .doesNotStartWith("HTTP/1.1 200");
    String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X" + i + ": x";
    }
    assertThat(ask("GET", "/health/live", many)).doesNotStartWith("HTTP/1.1 200");
  }

  private WebServer start(InetAddress address) throws IOException {
    return WebServer.start(
        new InetSocketAddress(address, 0),
        registry,
        () -> checks,
        store.events(),
        InstantSource.system());
  }

  private String get(String path) throws IOException {
    return ask("GET", path, "Host: localhost");
  }

  /** Written by hand: the JDK's client neither sends a Host of our choice nor such paths. */
  private String ask(String method, String path, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String head = method + " " + path + " HTTP/1.1\r\nConnection: close\r\n";
      String request = head + String.join("\r\n", headers) + "\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return read(socket.getInputStream());
    }
  }

  /** A reset counts as the end: the server closes without reading what is too long. */
  private static String read(InputStream in) {
    StringBuilder text = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      return text.toString();
    }
    return text.toString();
  }
}
