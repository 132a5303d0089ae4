package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A table of the abuse matrix, with one gateway for all its rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
abstract class GatewayTest {
  Gateway gateway;

  @BeforeAll
  void start() {
    gateway = create();
  }

  Gateway create() {
    return new Gateway();
  }

  /** Errors that a test has caused on purpose. */
  String expected() {
    return "none";
  }

  /** After all of it the gateway works, and has met no fault of its own. */
  @AfterAll
  void stop() {
    try (var used = gateway) {
      used.awaitHealthy();
      assertThat(used.backstop.log().lines())
          .filteredOn(line -> !line.contains(expected()))
          .noneMatch(line -> line.contains("level=error") || line.contains("Exception"));
    }
  }
}
