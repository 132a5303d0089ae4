package dev.backstop.auth.reverse;

/** Something odd about the name in HELO or EHLO (RFC 5321 §4.1.1.1). Never a verdict. */
public enum HeloFinding {
  /** Nothing at all. */
  MISSING("no name was given"),
  /** An address without brackets. */
  BARE_ADDRESS("an address without brackets"),
  /** In brackets, but no address (RFC 5321 §4.1.3). */
  BROKEN_LITERAL("not an address literal"),
  /** The address literal is not the client's address. */
  OTHER_LITERAL("the address literal is of another host"),
  /** Characters that no host name has (RFC 5321 §2.3.5: letters, digits, hyphens). */
  BAD_CHARACTERS("characters that no host name has"),
  /** Empty or overlong labels, or hyphens at their ends. */
  NOT_A_NAME("not a domain name"),
  /** One label only (RFC 5321 §2.3.5: fully qualified). */
  NOT_QUALIFIED("not fully qualified"),
  /** The client says that it is us. */
  OUR_NAME("our own name"),
  /** The name has no address of any kind. */
  UNRESOLVABLE("the name has no address"),
  /** The name has addresses, but not the client's. */
  OTHER_ADDRESS("the name has another address"),
  /** The name servers did not answer. */
  UNANSWERED("the name could not be looked up");

  private final String text;

  HeloFinding(String text) {
    this.text = text;
  }

  /** In plain words. */
  public String text() {
    return text;
  }
}
