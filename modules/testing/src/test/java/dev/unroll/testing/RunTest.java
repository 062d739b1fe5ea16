package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
  private static Run run(int code, String out, String err) {
    return new Run("classify", code, out, err.replace("|", "\n"));
  }

  @Test
  void aRefusalIsOneLineOfErrorAndItsCode() {
    run(3, "", "reading …|error: x.tsv:2: no label|").isRefused(3, "x.tsv:2: ");
    run(0, "good\n", "done|").succeeds();
  }

  @ParameterizedTest
  @CsvSource({
    "2, '', 'error: x.tsv: bad|'",
    "3, 'good', 'error: x.tsv: bad|'",
    "3, '', 'x.tsv: bad|'",
    "3, '', 'error: y.tsv: bad|'",
    "3, '', 'error: x.tsv: bad|error: and worse|'",
    "3, '', 'error: x.tsv: bad|\tat dev.unroll.Any.thing(Any.java:1)|'"
  })
  void anythingElseIsNone(int code, String out, String err) {
    assertThatThrownBy(() -> run(code, out, err).isRefused(3, "x.tsv"))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "0, 'error: x|'", "0, '\tat dev.unroll.Any.thing(Any.java:1)|'"})
  void whatReportsAnErrorDoesNotSucceed(int code, String err) {
    assertThatThrownBy(run(code, "", err)::succeeds).isInstanceOf(AssertionError.class);
  }

  @Test
  void bothStreamsAreKeptApart() {
    Program program =
        (out, err, args) -> {
          err.println(args.length + " é");
          new PrintStream(out, true).print("{\"a\": 1}\n");
          return 7;
        };
    Run run = program.call("x", 5);
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).isEqualTo("2 é" + System.lineSeparator());
    assertThat(run.json().get(0).get("a").getAsInt()).isEqualTo(1);
    assertThat(run.call()).isEqualTo("x 5");
  }
}
