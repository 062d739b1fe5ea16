package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the command line says of models. */
class ServeTest {
  private static final Path VECTORS = TaskModels.file("embeddings", "packed.bin.gz");

  /** As where all commands are listed, which has picocli look at a command more than once. */
  @Test
  void everyTaskHasOneOptionWhereverTheCommandStands() {
    CommandSpec root = CommandSpec.create();
    root.addSubcommand("serve", CommandSpec.forAnnotatedObject(new Serve()));
    CommandSpec serve = new CommandLine(root).getSubcommands().get("serve").getCommandSpec();
    assertThat(TaskOptions.tasks())
        .isNotEmpty()
        .allSatisfy(
            task ->
                assertThat(serve.options())
                    .filteredOn(option -> option.longestName().equals("--" + task.task()))
                    .hasSize(1));
  }

  @Test
  void eachModelThatIsNamedIsLoaded() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Cli.run(
            new Serve(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "--embeddings",
            "one=" + VECTORS,
            "--embeddings",
            "one=" + VECTORS);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("two models are called 'one'");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void theModelsOfAFolderAreThoseThatATaskRecognises(@TempDir Path folder) throws IOException {
    Files.copy(VECTORS, folder.resolve("a.bin.gz"));
    Files.copy(TaskModels.file("sentiment", "lstm.zip"), folder.resolve("b.zip"));
    Files.writeString(folder.resolve("c.txt"), "a note");
    Files.writeString(folder.resolve("d.zip"), "no model");
    Served served = new Served(TaskOptions.tasks(), System.err);
    served.addFolder(folder);
    assertThat(served.models().all()).extracting(Slot::name).containsExactly("a", "b");
    assertThat(served.models().tasks()).containsExactly("embeddings", "sentiment");
  }
}
