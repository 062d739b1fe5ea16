package dev.unroll.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** A line of a file that has a JSON object on each, read strictly. */
public final class JsonLine {
  private final LineReader lines;
  private final JsonObject object;
  private final String keys;

  private JsonLine(LineReader lines, JsonObject object, String keys) {
    this.lines = lines;
    this.object = object;
    this.keys = keys;
  }

  /**
   * Reads a line.
   *
   * @param lines where it was just read from, for messages
   * @param keys those that a line has, in words, such as {@code label and text}
   * @throws UserError at that line, if it is no JSON or no object
   */
  public static JsonLine parse(LineReader lines, String line, String keys) {
    try (JsonReader reader = new JsonReader(new StringReader(line))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT || !element.isJsonObject()) {
        throw lines.error("a line is one JSON object, and nothing else");
      }
      return new JsonLine(lines, element.getAsJsonObject(), keys);
    } catch (IOException | JsonParseException e) {
      throw lines.error("not JSON; a line is an object with the keys " + keys);
    }
  }

  /** A string; a number or a truth value is read as it is written. */
  public String string(String key) {
    JsonElement value = object.get(key);
    if (value == null || !value.isJsonPrimitive()) {
      throw lines.error("the key " + key + " is missing or no string; a line has the keys " + keys);
    }
    return value.getAsString();
  }

  /** What stands under {@code key}; null if nothing does. */
  public JsonElement get(String key) {
    return object.get(key);
  }
}
