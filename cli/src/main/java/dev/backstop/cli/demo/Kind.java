package dev.backstop.cli.demo;

/** What a mail to our users is, as the world knows it. */
enum Kind {
  BOUNCE("bounce", "bounces"),
  DELAY("delay warning", "delay warnings"),
  AUTO_REPLY("auto-reply", "auto-replies"),
  CHALLENGE("challenge", "challenges"),
  LIST_NOTICE("list notice", "list notices"),
  RECEIPT("read receipt", "read receipts"),
  ORDINARY("mail", "ordinary mail");

  final String one;
  final String many;

  Kind(String one, String many) {
    this.one = one;
    this.many = many;
  }
}
