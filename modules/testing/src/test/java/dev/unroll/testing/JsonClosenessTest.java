package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonClosenessTest {
  private static boolean isClose(String expected, String actual) {
    try {
      new JsonCloseness(1e-5)
          .check("it", JsonParser.parseString(expected), JsonParser.parseString(actual));
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"p\": 0.5} | {\"p\": 0.500009}",
        "{\"p\": 0.5} | {\"p\": 0.5, \"new\": 1}",
        "[-200.0, \"a\", 3, null] | [-200.0019, \"a\", 3, null]",
        "1.0 | 1",
        "{} | {}"
      })
  void whatRoundsOtherwiseIsTheSame(String expected, String actual) {
    assertThat(isClose(expected, actual)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"p\": 0.5} | {\"p\": 0.50002}",
        "{\"p\": 0.5} | {\"q\": 0.5}",
        "{\"p\": 0.5} | {\"p\": \"0.5\"}",
        "{\"p\": 0.5} | {\"p\": null}",
        "[-200.0] | [-200.003]",
        "[3] | [4]",
        "[3] | [3, 3]",
        "[3, 3] | [3]",
        "\"a\" | \"b\"",
        "[1, 2] | [2, 1]",
        "null | 0",
        "true | false"
      })
  void whatAnswersOtherwiseIsNot(String expected, String actual) {
    assertThat(isClose(expected, actual)).isFalse();
  }
}
