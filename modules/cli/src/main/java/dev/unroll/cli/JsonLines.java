package dev.unroll.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One JSON object a line. Keys keep an order that can be relied on: the components of a record as
 * declared, a {@code LinkedHashMap} as filled, any other map sorted. JSON has no NaN and no
 * infinity; such a number becomes {@code null}.
 */
public final class JsonLines {
  private static final JsonSerializer<Number> FINITE =
      (number, type, context) ->
          Double.isFinite(number.doubleValue()) ? new JsonPrimitive(number) : JsonNull.INSTANCE;

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Double.class, FINITE)
          .registerTypeAdapter(double.class, FINITE)
          .registerTypeAdapter(Float.class, FINITE)
          .registerTypeAdapter(float.class, FINITE)
          .registerTypeHierarchyAdapter(
              Map.class, (JsonSerializer<Map<?, ?>>) (map, type, context) -> object(map, context))
          .create();

  private JsonLines() {}

  /**
   * One line without its end.
   *
   * @param object a record or a map; its values may be records, maps with string keys, lists,
   *     strings, numbers, booleans and null
   */
  public static String line(Object object) {
    return GSON.toJson(object);
  }

  private static JsonElement object(Map<?, ?> map, JsonSerializationContext context) {
    boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
    JsonObject object = new JsonObject();
    (ordered ? map : new TreeMap<>(map))
        .forEach((key, value) -> object.add(String.valueOf(key), context.serialize(value)));
    return object;
  }
}
