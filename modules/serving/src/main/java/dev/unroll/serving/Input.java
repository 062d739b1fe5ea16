package dev.unroll.serving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How the item that a verb answers is written in JSON: alone under one name, or as a list of items
 * under another.
 *
 * @param <I> an item
 */
public final class Input<I> {
  private static final int MOST_WORDS = 100;

  private final String one;
  private final String many;
  private final Map<String, Object> schema;
  private final Function<JsonElement, I> reader;
  private final ToIntFunction<I> characters;

  private Input(
      String one,
      String many,
      Map<String, Object> schema,
      Function<JsonElement, I> reader,
      ToIntFunction<I> characters) {
    this.one = one;
    this.many = many;
    this.schema = schema;
    this.reader = reader;
    this.characters = characters;
  }

  /** A text, {@code text} or {@code texts}. */
  public static Input<String> text() {
    return string("text", "texts");
  }

  /**
   * A string.
   *
   * @param one what an item alone is called
   * @param many what a list of items is called
   */
  public static Input<String> string(String one, String many) {
    return new Input<>(
        one,
        many,
        Map.of("type", "string"),
        element -> string(one, element),
        text -> text.codePointCount(0, text.length()));
  }

  /**
   * A list of words.
   *
   * @param one what a list of words alone is called
   * @param many what a list of such lists is called
   * @param least number of words
   * @param most number of words, at most 100
   */
  public static Input<List<String>> words(String one, String many, int least, int most) {
    if (least > most || most > MOST_WORDS) {
      throw new IllegalArgumentException(least + " to " + most + " words");
    }
    return new Input<>(
        one,
        many,
        Map.of(
            "type",
            "array",
            "items",
            Map.of("type", "string"),
            "minItems",
            least,
            "maxItems",
            most),
        element -> words(one, element, least, most),
        words -> words.stream().mapToInt(word -> word.codePointCount(0, word.length())).sum());
  }

  /**
   * Bytes in Base64. They count as no characters: what bounds a body bounds them.
   *
   * @param one what an item alone is called
   * @param many what a list of items is called
   */
  public static Input<byte[]> bytes(String one, String many) {
    return new Input<>(
        one,
        many,
        Map.of("type", "string", "contentEncoding", "base64"),
        element -> decoded(one, string(one, element)),
        bytes -> 0);
  }

  private static String string(String name, JsonElement element) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw UserError.usage(name + " must be a string, got " + kind(element));
    }
    return element.getAsString();
  }

  private static List<String> words(String name, JsonElement element, int least, int most) {
    if (!element.isJsonArray()) {
      throw UserError.usage(name + " must be a list of words, got " + kind(element));
    }
    JsonArray array = element.getAsJsonArray();
    if (array.size() < least || array.size() > most) {
      throw UserError.usage(
          "%s must hold %s, got %d"
              .formatted(
                  name, least == most ? least + " words" : least + " to " + most, array.size()));
    }
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(string("a word of " + name, word)));
    return List.copyOf(words);
  }

  private static byte[] decoded(String name, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(name + " must be Base64: " + e.getMessage());
    }
  }

  /** What a value is, for messages: never the value itself, which may be long. */
  static String kind(JsonElement element) {
    if (element.isJsonObject()) {
      return "an object";
    } else if (element.isJsonArray()) {
      return "a list";
    } else if (element.isJsonNull()) {
      return "null";
    }
    return element.getAsJsonPrimitive().isString() ? "a string" : element.getAsString();
  }

  /** What an item alone is called. */
  public String one() {
    return one;
  }

  /** What a list of items is called. */
  public String many() {
    return many;
  }

  /** The JSON schema of an item. */
  public Map<String, Object> schema() {
    return schema;
  }

  /**
   * An item.
   *
   * @throws UserError if it is none, or one of too few or too many words
   */
  public I read(JsonElement element) {
    return reader.apply(element);
  }

  /** How many characters (Unicode code points) of text an item has. */
  public int characters(I item) {
    return characters.applyAsInt(item);
  }
}
