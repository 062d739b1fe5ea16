package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A call of a {@link Program} and how it ended.
 *
 * @param call the arguments, as a failure shows them
 * @param code the exit code
 * @param out what standard output received, as UTF-8
 * @param err what standard error received, as UTF-8
 */
public record Run(String call, int code, String out, String err) {
  static Run of(Program program, Object... args) {
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = program.run(out, errors, words);
    return new Run(
        String.join(" ", words),
        code,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** Fails unless the call ended with 0 and reported no error. */
  public Run succeeds() {
    assertThat(code).as("exit code of %s%n%s", call, err).isZero();
    assertThat(err).as("standard error of %s", call).doesNotContain("error: ").satisfies(TRACELESS);
    return this;
  }

  /**
   * Fails unless the call ended with this code and one line on standard error, {@code error: …},
   * which holds these parts; standard output must be empty.
   */
  public Run isRefused(int expected, CharSequence... parts) {
    assertThat(code).as("exit code of %s%n%s%s", call, out, err).isEqualTo(expected);
    List<String> errors = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertThat(errors).as("errors of %s in%n%s", call, err).hasSize(1);
    if (parts.length > 0) {
      assertThat(errors.get(0)).as("error of %s", call).contains(parts);
    }
    assertThat(err).as("standard error of %s", call).satisfies(TRACELESS);
    assertThat(out).as("standard output of %s", call).isEmpty();
    return this;
  }

  /** Standard output as one JSON object a line; fails where it is anything else. */
  public List<JsonObject> json() {
    return out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  private static final java.util.function.Consumer<String> TRACELESS =
      text -> assertThat(text).doesNotContain("\tat ").doesNotContain("Exception in thread");
}
