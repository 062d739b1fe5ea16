package dev.unroll.music;

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
    return (out, err, args) -> Cli.run(new Music(), out, err, args);
  }

  @Override
  protected String text() {
    return Tunes.ABC;
  }

  @Override
  protected List<String> inputs() {
    return List.of("--dev", "--test", "--config");
  }

  @Test
  void whatIsComposedReplacesNeitherModelNorMotif() throws IOException {
    Path model = folder.resolve("m.zip");
    assertThat(train(model)).as(err).isZero();
    byte[] bytes = Files.readAllBytes(model);
    Path motif = Files.writeString(folder.resolve("motif.abc"), Tunes.ABC);
    Path link = Files.createLink(folder.resolve("link.abc"), model);
    for (Path out : List.of(motif, link)) {
      String[] args = {
        "compose", "--model", model.toString(), "--motif", motif.toString(), "--out", out.toString()
      };
      assertThat(run(args)).as(err).isEqualTo(2);
      assertThat(err).contains(out + " would replace the file that --");
    }
    assertThat(motif).hasContent(Tunes.ABC);
    assertThat(Files.readAllBytes(model)).isEqualTo(bytes);
  }
}
