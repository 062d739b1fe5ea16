package dev.unroll.serving;

import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that a verb can be told besides what it is to answer, such as {@code temperature}. It
 * bounds its values, for they come from anybody.
 *
 * @param name as JSON has it, such as {@code topK}
 * @param type of a value
 * @param usual the value if none is given
 * @param least smallest number
 * @param most largest number, or most characters of a string
 * @param description what it does
 */
public record Parameter(
    String name, Type type, Object usual, double least, double most, String description) {
  /** What a value is. */
  public enum Type {
    /** A whole number, as {@code Integer}. */
    INTEGER,
    /** Any number, as {@code Double}. */
    NUMBER,
    /** Yes or no. */
    BOOLEAN,
    /** Text. */
    STRING
  }

  /** A whole number from {@code least} to {@code most}. */
  public static Parameter integer(String name, int usual, int least, int most, String description) {
    return new Parameter(name, Type.INTEGER, usual, least, most, description);
  }

  /** A number from {@code least} to {@code most}. */
  public static Parameter number(
      String name, double usual, double least, double most, String description) {
    return new Parameter(name, Type.NUMBER, usual, least, most, description);
  }

  /** Yes or no; no, if it is not given. */
  public static Parameter flag(String name, String description) {
    return new Parameter(name, Type.BOOLEAN, false, 0, 1, description);
  }

  /** Text of up to {@code most} characters (code points), which is empty if it is not given. */
  public static Parameter string(String name, int most, String description) {
    return new Parameter(name, Type.STRING, "", 0, most, description);
  }

  /**
   * A value, of the class that the type says.
   *
   * @throws UserError if it is of another type, or out of bounds
   */
  public Object read(JsonElement element) {
    return switch (type) {
      case BOOLEAN -> bool(element);
      case STRING -> text(element);
      case INTEGER, NUMBER -> number(element);
    };
  }

  private boolean bool(JsonElement element) {
    if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isBoolean()) {
      return element.getAsBoolean();
    }
    throw wrong("true or false", element);
  }

  private String text(JsonElement element) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw wrong("a string", element);
    }
    String text = element.getAsString();
    int characters = text.codePointCount(0, text.length());
    if (characters > most) {
      throw UserError.usage(
          "%s may have %d characters, got %d".formatted(name, (long) most, characters));
    }
    return text;
  }

  private Object number(JsonElement element) {
    String range =
        type == Type.INTEGER
            ? "a whole number from %d to %d".formatted((long) least, (long) most)
            : "a number from %s to %s".formatted(shown(least), shown(most));
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
      throw wrong(range, element);
    }
    double value;
    try {
      value = element.getAsDouble();
    } catch (NumberFormatException e) {
      throw wrong(range, element);
    }
    boolean whole = type != Type.INTEGER || value == Math.rint(value);
    if (!(value >= least && value <= most) || !whole) {
      throw wrong(range, element);
    }
    return type == Type.INTEGER ? (Object) (int) value : (Object) value;
  }

  private static String shown(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private UserError wrong(String rule, JsonElement element) {
    return UserError.usage("%s must be %s, got %s".formatted(name, rule, Input.kind(element)));
  }

  /** The JSON schema of a value. */
  public Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type.name().toLowerCase(Locale.ROOT));
    schema.put("description", description);
    schema.put("default", usual);
    if (type == Type.INTEGER || type == Type.NUMBER) {
      schema.put("minimum", type == Type.INTEGER ? (Object) (int) least : (Object) least);
      schema.put("maximum", type == Type.INTEGER ? (Object) (int) most : (Object) most);
    } else if (type == Type.STRING) {
      schema.put("maxLength", (int) most);
    }
    return schema;
  }
}
