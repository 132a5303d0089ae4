package dev.backstop.bounce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListAddressesTest {
  private static List<String> of(String address) throws Exception {
    return ListAddresses.of(Mailbox.parse(address)).stream().map(Mailbox::toString).toList();
  }

  @Test
  void theOwnerAnswersForTheListAndItsCommands() throws Exception {
    assertThat(of("choir+owner@far.example"))
        .startsWith("choir+owner@far.example", "choir@far.example")
        .contains("choir+subscribe@far.example", "choir+help@far.example")
        .doesNotContain("choir-subscribe@far.example")
        .hasSize(10);
  }

  @Test
  void theNameOfAListMayHaveDelimitersItself() throws Exception {
    assertThat(of("old-choir-Request@far.example"))
        .contains("old-choir@far.example", "old-choir-join@far.example")
        .doesNotContain("old@far.example");
  }

  @Test
  void theListItselfAnswersForItsCommandsInBothForms() throws Exception {
    assertThat(of("choir@far.example"))
        .startsWith("choir@far.example")
        .contains("choir+help@far.example", "choir-help@far.example")
        .hasSize(19);
  }

  @Test
  void anotherWordIsPartOfTheName() throws Exception {
    assertThat(of("choir-tenor@far.example"))
        .contains("choir-tenor-help@far.example")
        .doesNotContain("choir@far.example");
    assertThat(of("-owner@far.example")).contains("-owner-help@far.example");
  }
}
