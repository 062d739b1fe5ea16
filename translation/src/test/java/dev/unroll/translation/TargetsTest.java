package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import dev.unroll.testing.Program;
import dev.unroll.testing.TargetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest extends TargetContract {
  @Override
  protected Program program() {
    return (out, err, args) -> Cli.run(new Translation(), out, err, args);
  }

  @Override
  protected String text() {
    return "ein Haus\ta house\nein Hund\ta dog\nzwei Hunde\ttwo dogs\nein Kind\ta child\n";
  }

  @Override
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config");
  }

  @Test
  void neitherOfTwoParallelFilesIsATarget() throws IOException {
    Path german = Files.writeString(folder.resolve("a.de"), "ein Haus\nein Hund\n");
    Path english = Files.writeString(folder.resolve("a.en"), "a house\na dog\n");
    for (Path side : List.of(german, english)) {
      int code = run("train", "--train", german + "," + english, "--model", side.toString());
      assertThat(code).isEqualTo(2);
      assertThat(err).contains(side + " would replace the file that --train reads");
    }
    assertThat(german).hasContent("ein Haus\nein Hund\n");
    assertThat(english).hasContent("a house\na dog\n");
  }
}
