package dev.backstop.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class MailboxFuzzTest {

  /** Whatever parses renders to something that parses to the same; only {@code <>} is null. */
  @FuzzTest(maxDuration = "10s")
  void whatParsesRendersToItself(FuzzedDataProvider data) throws AddressSyntaxException {
    String text = data.consumeRemainingAsString();
    ReversePath path;
    try {
      path = ReversePath.parse(text);
    } catch (AddressSyntaxException _) {
      return;
    }
    assertThat(path == NullReversePath.INSTANCE).isEqualTo(text.equals("<>"));
    assertThat(ReversePath.parse(path.toPath())).isEqualTo(path);
    assertThat(path.toPath()).doesNotContainPattern("[\\r\\n\\x00]");
  }
}
