package dev.backstop.bounce.words;

import org.jspecify.annotations.Nullable;

/**
 * A row of a table.
 *
 * @param family the program or service that writes the words; {@code null} when many do
 * @param sure words that only a program writes; they weigh more
 * @param words folded
 * @param test the golden message that is read differently without this row; {@code null} for
 *     general words
 */
record Entry(
    @Nullable String family,
    Sign sign,
    boolean sure,
    Place place,
    String words,
    @Nullable String test) {

  /** {@code postfix software report postfix-dsn x-postfix-queue-id}. */
  static Entry ofFamily(String[] row) {
    return of(row[0], row[1], row[2], row[4], row[3]);
  }

  /** {@code failed subject undeliverable}. */
  static Entry general(String[] row) {
    return of(null, row[0], row[1], row[2], null);
  }

  private static Entry of(
      @Nullable String family, String sign, String place, String words, @Nullable String test) {
    boolean sure = sign.endsWith("!");
    Sign named = Table.constant(Sign.class, sure ? sign.substring(0, sign.length() - 1) : sign);
    return new Entry(
        family, named, sure, Table.constant(Place.class, place), Fold.line(words), test);
  }

  /** The name before the colon of a row for header fields. */
  String fieldName() {
    int colon = words.indexOf(':');
    return colon < 0 ? words : words.substring(0, colon);
  }

  /** The words behind the colon; {@code null} when the field alone is the sign. */
  @Nullable String fieldValue() {
    int colon = words.indexOf(':');
    return colon < 0 ? null : words.substring(colon + 1).strip();
  }
}
