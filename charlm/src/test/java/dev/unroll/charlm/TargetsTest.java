package dev.unroll.charlm;

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
    return (out, err, args) -> Cli.run(new CharLm(), out, err, args);
  }

  @Override
  protected String text() {
    return Verse.TEXT;
  }

  @Test
  void aPageReplacesNeitherModelNorText() throws IOException {
    Path model = folder.resolve("m.zip");
    assertThat(train(model)).as(err).isZero();
    byte[] bytes = Files.readAllBytes(model);
    Path other = Files.copy(model, folder.resolve("other.zip"));
    String[] args = {
      "explain",
      "--model",
      model.toString(),
      "--data",
      data.toString(),
      "--length",
      "5",
      "--compare",
      other.toString(),
      "--out",
      ""
    };
    for (Path out : List.of(model, data, other, Files.createLink(folder.resolve("h"), model))) {
      args[args.length - 1] = out.toString();
      assertThat(run(args)).as(err).isEqualTo(2);
      assertThat(err).contains(out + " would replace the file that --");
    }
    args[args.length - 1] = Files.createDirectory(folder.resolve("d")).toString();
    assertThat(run(args)).isEqualTo(3);
    assertThat(Files.readAllBytes(model)).isEqualTo(bytes);
    assertThat(Files.readAllBytes(other)).isEqualTo(bytes);
    assertThat(Files.readAllBytes(data)).isEqualTo(before);
    Path page = folder.resolve("page.html");
    Path link = Files.createSymbolicLink(folder.resolve("page"), page);
    args[args.length - 1] = link.toString();
    assertThat(run(args)).as(err).isZero();
    assertThat(page).content().startsWith("<!");
    assertThat(link).isSymbolicLink();
  }
}
