package dev.backstop.cli.demo;

/**
 * Colours of a terminal (ECMA-48 SGR), or none.
 *
 * @param on whether the output is a terminal that wants them
 */
record Paint(boolean on) {

  String bold(String text) {
    return sgr("1", text);
  }

  String dim(String text) {
    return sgr("2", text);
  }

  String good(String text) {
    return sgr("32", text);
  }

  String bad(String text) {
    return sgr("1;31", text);
  }

  private String sgr(String code, String text) {
    return on ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
