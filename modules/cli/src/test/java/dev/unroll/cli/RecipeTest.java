package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the package's documentation shows is code that compiles and is tested. */
class RecipeTest {
  private static final Path MAIN = Path.of("src/main/java/dev/unroll/cli/package-info.java");
  private static final Path TASK = Path.of("src/test/java/dev/unroll/majority");

  @Test
  void theRecipeIsTheSourceOfTheSmallestTask() throws IOException {
    String code =
        Stream.of("Majority", "TrainCommand", "ClassifyCommand")
            .map(RecipeTest::command)
            .collect(Collectors.joining("\n"));
    assertThat(recipe()).isEqualTo(code);
  }

  /** The class from its annotation on. */
  private static String command(String name) {
    try {
      String source = Files.readString(TASK.resolve(name + ".java")).replace("\r\n", "\n");
      String code = source.substring(source.indexOf("@Command("));
      return code.replaceAll(" */\\*\\*.*\\*/\n", ""); // which would end the comment around it
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String recipe() throws IOException {
    String text = Files.readString(MAIN).replace("\r\n", "\n");
    String begin = " * <pre>{@code\n";
    String end = " * }</pre>\n";
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from))
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
