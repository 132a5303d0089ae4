package dev.backstop.server.recipients.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.source.Wanted;

class FilterPatternFuzzTest {
  private static final FilterPattern PATTERN = new FilterPattern("(&(uid={local})(o={domain}))");

  /** Whatever the address is, it is one value and changes nothing around it. */
  @FuzzTest
  void anAddressStaysAValue(FuzzedDataProvider data) throws LDAPException {
    String local = data.consumeRemainingAsString();
    Wanted wanted = Wanted.of(new Mailbox(local, "ours.test"), "");
    Filter filter = PATTERN.of(wanted);
    assertThat(filter.getFilterType()).isEqualTo(Filter.FILTER_TYPE_AND);
    assertThat(filter.getComponents()).hasSize(2);
    Filter user = filter.getComponents()[0];
    if (!wanted.local().isEmpty()) {
      assertThat(user.getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
      assertThat(user.getAssertionValue()).isEqualTo(wanted.local());
    }
  }
}
