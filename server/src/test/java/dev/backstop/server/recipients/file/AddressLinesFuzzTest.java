package dev.backstop.server.recipients.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.source.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;

class AddressLinesFuzzTest {

  @FuzzTest
  void whateverStandsInTheFileTheAddressesAreFound(FuzzedDataProvider data) throws IOException {
    String text = data.consumeRemainingAsString() + "\nanna@ours.test\n";
    AddressLines read = AddressLines.read(new BufferedReader(new StringReader(text)));
    assertThat(read.ignored()).isLessThan(read.lines());
    assertThat(read.addresses().knows(Wanted.of(new Mailbox("anna", "ours.test"), ""))).isTrue();
  }
}
