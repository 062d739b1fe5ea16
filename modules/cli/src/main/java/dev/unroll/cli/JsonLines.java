package dev.unroll.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
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
  private static final TypeAdapter<Number> FINITE =
      new Writer<>() {
        @Override
        public void write(JsonWriter out, Number number) throws IOException {
          boolean finite = number != null && Double.isFinite(number.doubleValue());
          out.value(finite ? number : null);
        }
      };

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Double.class, FINITE)
          .registerTypeAdapter(double.class, FINITE)
          .registerTypeAdapter(Float.class, FINITE)
          .registerTypeAdapter(float.class, FINITE)
          .registerTypeAdapterFactory(JsonLines::maps)
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

  @SuppressWarnings("unchecked") // what is asked for is the type of a map
  private static <T> TypeAdapter<T> maps(Gson gson, TypeToken<T> type) {
    if (!Map.class.isAssignableFrom(type.getRawType())) {
      return null; // somebody else's
    }
    return (TypeAdapter<T>)
        new Writer<Map<?, ?>>() {
          @Override
          public void write(JsonWriter out, Map<?, ?> map) throws IOException {
            if (map == null) {
              out.nullValue();
              return;
            }
            boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
            out.beginObject();
            for (Map.Entry<?, ?> entry : (ordered ? map : new TreeMap<>(map)).entrySet()) {
              out.name(String.valueOf(entry.getKey()));
              any(gson, out, entry.getValue());
            }
            out.endObject();
          }
        };
  }

  @SuppressWarnings("unchecked") // the adapter of its own class
  private static void any(Gson gson, JsonWriter out, Object value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else {
      gson.getAdapter((Class<Object>) value.getClass()).write(out, value);
    }
  }

  /** Writes straight, without a tree of what is written; reads nothing. */
  private abstract static class Writer<T> extends TypeAdapter<T> {
    @Override
    public final T read(JsonReader in) {
      throw new UnsupportedOperationException("lines are only written");
    }
  }
}
