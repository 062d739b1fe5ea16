package dev.unroll.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Holds the answers in a table to those of a model, both as JSON. */
final class AnswerAssert {
  private AnswerAssert() {}

  static List<Row> sorted(Dataset<Row> rows) {
    return rows.orderBy("id").collectAsList();
  }

  /** Answers as JSON, numbers to five digits. */
  static List<JsonElement> json(Dataset<Row> answered) {
    return sorted(answered.select(functions.col("id"), functions.to_json(functions.col("answer"))))
        .stream()
        .map(row -> JsonParser.parseString(row.getString(1)))
        .toList();
  }

  static void assertSame(JsonElement answer, JsonElement expected) {
    if (expected.isJsonObject()) {
      assertThat(answer.getAsJsonObject().keySet())
          .containsExactlyElementsOf(expected.getAsJsonObject().keySet());
      expected
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> assertSame(answer.getAsJsonObject().get(e.getKey()), e.getValue()));
    } else if (expected.isJsonArray()) {
      assertThat(answer.getAsJsonArray()).hasSameSizeAs(expected.getAsJsonArray());
      for (int i = 0; i < expected.getAsJsonArray().size(); i++) {
        assertSame(answer.getAsJsonArray().get(i), expected.getAsJsonArray().get(i));
      }
    } else if (expected.getAsJsonPrimitive().isNumber()) {
      double number = expected.getAsDouble();
      assertThat(answer.getAsDouble())
          .isCloseTo(number, within(1e-5 * Math.max(1, Math.abs(number))));
    } else {
      assertThat(answer).isEqualTo(expected);
    }
  }
}
