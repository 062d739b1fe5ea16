package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  record Opinion(String text, double probability, Map<String, Double> probabilities) {}

  @Test
  void aRecordKeepsTheOrderOfItsComponentsAndAMapItsOwn() {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put("positive", 0.75);
    probabilities.put("negative", 0.25);
    assertThat(JsonLines.line(new Opinion("so so", 0.75, probabilities)))
        .isEqualTo(
            "{\"text\":\"so so\",\"probability\":0.75,"
                + "\"probabilities\":{\"positive\":0.75,\"negative\":0.25}}");
  }

  @Test
  void aMapWithoutAnOrderIsSorted() {
    Map<String, Object> inner = Map.of("z", 1, "y", 2, "x", 3);
    assertThat(JsonLines.line(Map.of("b", List.of(inner), "a", true)))
        .isEqualTo("{\"a\":true,\"b\":[{\"x\":3,\"y\":2,\"z\":1}]}");
  }

  @Test
  void numbersThatJsonLacksAreNull() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("nan", Double.NaN);
    object.put("floats", new float[] {Float.NEGATIVE_INFINITY, 0.5f});
    object.put("doubles", Arrays.asList(Double.POSITIVE_INFINITY, null, 1e-7));
    assertThat(JsonLines.line(object))
        .isEqualTo("{\"nan\":null,\"floats\":[null,0.5],\"doubles\":[null,null,1.0E-7]}");
  }

  @Test
  void aLineStaysALine() {
    assertThat(JsonLines.line(Map.of("text", "a\r\n\"b\"\u2028<ü>")))
        .isEqualTo("{\"text\":\"a\\r\\n\\\"b\\\"\\u2028<ü>\"}");
  }
}
