package dev.backstop.server.recipients.callout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOutSourceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> asked = new ArrayList<>();
  private boolean utf8;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250 2.1.5 Ok                      | EXISTS",
        "550 5.4.1 Recipient address rejected: Access denied | UNKNOWN",
        "251 User not local; will forward  | EXISTS",
        "550 5.1.1 User unknown            | UNKNOWN",
        "550 No such user                  | UNKNOWN",
        "551 User not local                | UNKNOWN",
        "553 mailbox name not allowed      | UNKNOWN",
        "554 5.1.1 unknown                 | UNKNOWN",
        "550 5.1.10 RecipientNotFound      | UNKNOWN",
        "550 5.1.8 sender domain           | NOTHING",
        "550 5.1.7 sender syntax           | NOTHING",
        "550 5.7.1 relaying denied         | NOTHING",
        "550 5.2.1 mailbox disabled        | NOTHING",
        "554 no                            | NOTHING",
        "552 too much                      | NOTHING",
        "450 4.1.1 greylisted              | NOTHING",
        "550 4.1.1 odd                     | NOTHING",
        "354 odd                           | NOTHING",
      })
  void anAnswerIsAboutTheMailboxOrAboutSomethingElse(String line, Reading reading) {
    assertThat(Reading.of(said(line))).isEqualTo(reading);
  }

  @Test
  void itsYesCountsWhenItKnowsHowToSayNo() {
    var source = source(address -> address.startsWith("anna") ? "250 Ok" : "550 5.1.1 unknown");
    assertThat(ask(source, "anna")).isEqualTo(new Finding.Known("mx:25 said 250 Ok"));
    assertThat(ask(source, "bob")).isEqualTo(new Finding.Unknown("mx:25 said 550 5.1.1 unknown"));
    assertThat(asked).hasSize(3);
    assertThat(asked.get(1)).matches("no-such-user-[0-9a-f]{16}@ours\\.test");
  }

  @Test
  void aYesToEverybodyProvesNothing() {
    var source = source(_ -> "250 Ok");
    assertThat(ask(source, "anna"))
        .isInstanceOfSatisfying(
            Finding.Silent.class,
            silent -> assertThat(silent.detail()).contains("its yes proves nothing"));
    assertThat(ask(source, "bob")).isInstanceOf(Finding.Silent.class);
    assertThat(asked).as("tried once").hasSize(3);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(ask(source, "carl")).isInstanceOf(Finding.Silent.class);
    assertThat(asked).as("tried again").hasSize(5);
  }

  @Test
  void whereItCannotBeTriedItsYesIsBelieved() {
    assertThat(ask(source(a -> a.startsWith("anna") ? "250 Ok" : "452 one only"), "anna"))
        .isInstanceOf(Finding.Known.class);
    assertThat(ask(source(a -> a.startsWith("anna") ? "250 Ok" : "closes"), "anna"))
        .isInstanceOf(Finding.Known.class);
  }

  @Test
  void aServerThatDoesNotAnswerTellsNothing() {
    assertThat(ask(source(_ -> "closes"), "anna"))
        .isEqualTo(new Finding.Failed("mx:25 does not answer: it closed the connection"));
    assertThat(ask(source(_ -> "450 4.2.0 greylisted"), "anna"))
        .isEqualTo(new Finding.Failed("mx:25 told nothing of the mailbox: 450 4.2.0 greylisted"));
  }

  @Test
  void addressesBeyondAsciiAreOnlyAskedWhereTheyMayBe() {
    var source = source(_ -> "550 unknown");
    assertThat(ask(source, "bücher")).isInstanceOf(Finding.Silent.class);
    utf8 = true;
    assertThat(ask(source, "bücher")).isInstanceOf(Finding.Unknown.class);
  }

  @Test
  void theServerItselfDecidesAboutSubAddresses() {
    ask(source(_ -> "550 unknown"), "anna+news");
    assertThat(asked).containsExactly("anna+news@ours.test");
  }

  private static Finding ask(CallOutSource source, String local) {
    return source.ask(Wanted.of(new Mailbox(local, "ours.test"), "+"), Duration.ofSeconds(1));
  }

  private static Prober.Said said(String line) {
    return new Prober.Said(Integer.parseInt(line.substring(0, 3)), line.substring(4));
  }

  private CallOutSource source(Function<String, String> answers) {
    return new CallOutSource("call-out", "mx:25", _ -> new Script(answers), nanos::get);
  }

  private final class Script implements Prober.Talk {
    private final Function<String, String> answers;

    Script(Function<String, String> answers) {
      this.answers = answers;
    }

    @Override
    public Prober.Said recipient(Mailbox recipient) throws IOException {
      asked.add(recipient.toString());
      String answer = answers.apply(recipient.toString());
      if (answer.equals("closes")) {
        throw new IOException("it closed the connection");
      }
      return said(answer);
    }

    @Override
    public boolean takesUtf8() {
      return utf8;
    }

    @Override
    public void close() {
      asked.removeIf(String::isEmpty);
    }
  }
}
