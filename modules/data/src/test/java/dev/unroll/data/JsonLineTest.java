package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLineTest {
  private static JsonLine parse(String line) {
    byte[] bytes = ("\n" + line).getBytes(StandardCharsets.UTF_8);
    LineReader lines = TextSource.of("sample", new ByteArrayInputStream(bytes)).open();
    lines.next();
    return JsonLine.parse(lines, lines.next(), "text and spans");
  }

  @Test
  void givesWhatStandsThere() {
    JsonLine line = parse(" {\"text\": \"a\\u00e9\\n\", \"n\": 7, \"spans\": []} ");
    assertThat(line.string("text")).isEqualTo("aé\n");
    assertThat(line.string("n")).isEqualTo("7");
    assertThat(line.get("spans").getAsJsonArray()).isEmpty();
    assertThat(line.get("none")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          {"text":"a" => sample:2: not JSON; a line is an object with the keys text and spans
          {text:"a"} => sample:2: not JSON
          ["a"] => sample:2: a line is one JSON object, and nothing else
          {"text":"a"}{"text":"b"} => sample:2: not JSON
          {"text":null} => sample:2: the key text is missing or no string; a line has the keys text
          {"text":["a"]} => sample:2: the key text is missing or no string
          {} => sample:2: the key text is missing or no string
          """)
  void refusesWhatIsNone(String line, String message) {
    assertThatThrownBy(() -> parse(line).string("text"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }
}
