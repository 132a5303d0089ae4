package dev.backstop.auth.dkim;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;

/**
 * Keys as their domains publish them (RFC 6376 §3.6.2). Blocks as long as the resolver does.
 *
 * @param resolver that is asked once for each signature
 */
public record DnsKeys(Resolver resolver) implements KeySource {

  @Override
  public KeyAnswer find(DnsName recordName) {
    Answer<String> answer = resolver.txt(recordName);
    return switch (answer) {
      case Answer.Found<String> found -> KeyRecordParser.parse(found.records());
      case Answer.NoSuchName<String> _, Answer.NoData<String> _ ->
          new KeyAnswer.Unusable(DkimResult.PERMERROR, "no key: " + answer.describe());
      // RFC 6376 §6.1.2: a name server that fails says nothing about the signature
      case Answer.ServerFailure<String> _, Answer.Timeout<String> _ ->
          new KeyAnswer.Unusable(DkimResult.TEMPERROR, "no key yet: " + answer.describe());
    };
  }
}
