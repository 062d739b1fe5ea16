package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Compares answers as JSON: texts, labels, places and whole numbers exactly; numbers that have a
 * fraction, such as probabilities, within a tolerance.
 */
final class JsonCloseness {
  private final double tolerance;

  /**
   * @param tolerance absolute for numbers up to 1, relative for larger ones, such as the logarithm
   *     of the probability of a text
   */
  JsonCloseness(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Fails unless all that is expected is there; objects may have more keys than expected. */
  void check(String where, JsonElement expected, JsonElement actual) {
    assertThat(actual).as(where).isNotNull();
    assertThat(kind(actual)).as("%s, which is %s", where, actual).isEqualTo(kind(expected));
    if (expected.isJsonObject()) {
      objects(where, expected.getAsJsonObject(), actual.getAsJsonObject());
    } else if (expected.isJsonArray()) {
      arrays(where, expected.getAsJsonArray(), actual.getAsJsonArray());
    } else if (isFraction(expected)) {
      double number = expected.getAsDouble();
      assertThat(actual.getAsDouble())
          .as(where)
          .isCloseTo(number, within(tolerance * Math.max(1, Math.abs(number))));
    } else {
      assertThat(actual).as(where).isEqualTo(expected);
    }
  }

  private void objects(String where, JsonObject expected, JsonObject actual) {
    for (String key : expected.keySet()) {
      check(where + "." + key, expected.get(key), actual.get(key));
    }
  }

  private void arrays(String where, JsonArray expected, JsonArray actual) {
    assertThat(actual.size())
        .as("size of %s, which is %s", where, actual)
        .isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      check(where + "[" + i + "]", expected.get(i), actual.get(i));
    }
  }

  private static boolean isFraction(JsonElement element) {
    return element.isJsonPrimitive()
        && element.getAsJsonPrimitive().isNumber()
        && element.getAsString().matches(".*[.eE].*");
  }

  private static String kind(JsonElement element) {
    if (element.isJsonPrimitive()) {
      return element.getAsJsonPrimitive().isNumber() ? "a number" : "a text or a truth value";
    }
    return element.isJsonObject() ? "an object" : element.isJsonArray() ? "an array" : "null";
  }
}
