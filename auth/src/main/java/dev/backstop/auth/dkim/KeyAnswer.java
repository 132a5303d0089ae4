package dev.backstop.auth.dkim;

import java.util.List;

/** Whether there is a key to verify a signature with. */
public sealed interface KeyAnswer {

  /**
   * There is.
   *
   * @param records at least one; the signature is good when it fits any of them (RFC 6376 §6.1.2)
   */
  record Found(List<KeyRecord> records) implements KeyAnswer {
    public Found {
      records = List.copyOf(records);
    }
  }

  /**
   * There is none, or none that counts.
   *
   * @param result of the signature: {@link DkimResult#TEMPERROR} when asking later may help, {@link
   *     DkimResult#POLICY} for keys that we refuse, else {@link DkimResult#PERMERROR}
   * @param reason in plain words
   */
  record Unusable(DkimResult result, String reason) implements KeyAnswer {}
}
