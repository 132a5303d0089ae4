package dev.backstop.cli.check.print;

import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes one JSON object on one line, field by field, in ASCII. */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The object with these fields. */
  public static String object(Consumer<Json> fields) {
    var out = new StringWriter(1024);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      fields.accept(new Json(generator));
      generator.writeEndObject();
    }
    return out.toString();
  }

  /** As {@code toString} says it, or {@code null}. */
  public void text(String name, @Nullable Object value) {
    generator.writeName(name);
    if (value == null) {
      generator.writeNull();
    } else {
      generator.writeString(value.toString());
    }
  }

  public void number(String name, @Nullable Integer value) {
    generator.writeName(name);
    if (value == null) {
      generator.writeNull();
    } else {
      generator.writeNumber(value);
    }
  }

  public void truth(String name, @Nullable Boolean value) {
    generator.writeName(name);
    if (value == null) {
      generator.writeNull();
    } else {
      generator.writeBoolean(value);
    }
  }

  public void texts(String name, List<String> values) {
    generator.writeArrayPropertyStart(name);
    values.forEach(generator::writeString);
    generator.writeEndArray();
  }

  /**
   * A value that is JSON already.
   *
   * @param json ASCII, on one line
   */
  public void raw(String name, String json) {
    generator.writeName(name);
    generator.writeRawValue(json);
  }

  public void object(String name, Runnable fields) {
    generator.writeObjectPropertyStart(name);
    fields.run();
    generator.writeEndObject();
  }

  public <T> void objects(String name, List<T> values, Consumer<T> fields) {
    generator.writeArrayPropertyStart(name);
    for (T value : values) {
      generator.writeStartObject();
      fields.accept(value);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
