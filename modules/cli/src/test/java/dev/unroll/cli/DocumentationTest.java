package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.majority.Majority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion is asked by a shell, and the manual read, with one task. */
class DocumentationTest {
  @TempDir private Path folder;

  @BeforeEach
  void nameTheTask() {
    System.setProperty(AllCommands.MAINS, " " + Majority.class.getName());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty(AllCommands.MAINS);
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Cli.run(new Documentation(), out, err, args)).as(out.toString()).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What the shell offers for the last of the words. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("completion");
    if (!Files.exists(script)) {
      Files.writeString(script, run("completion"));
    }
    String ask =
        """
        . "$0"
        compopt() { :; } # which bash allows only while it completes
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _complete_unroll
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        Stream.concat(Stream.of("bash", "-c", ask, script.toString()), Stream.of(words)).toList();
    Process bash;
    try {
      bash =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "no bash here");
      throw e;
    }
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(answer).isZero();
    return answer.lines().toList();
  }

  @Test
  void aShellCompletesTasksVerbsOptionsAndValues() throws Exception {
    assertThat(offered("unroll", "")).contains("majority", "demo", "completion", "manual");
    assertThat(offered("unroll", "maj")).containsExactly("majority");
    assertThat(offered("unroll", "majority", "cl")).containsExactly("classify");
    assertThat(offered("unroll", "majority", "train", "--dev"))
        .containsExactlyInAnyOrder("--dev", "--dev-fraction");
    assertThat(offered("unroll", "majority", "train", "--config", ""))
        .containsExactlyInAnyOrder("tiny", "default");
    assertThat(offered("unroll", "--backend", "c")).contains("cpu", "cuda");
  }

  @Test
  void aShellCompletesFiles() throws Exception {
    Files.writeString(folder.resolve("model.txt"), "");
    assertThat(offered("unroll", "majority", "classify", "--model", "mod"))
        .containsExactly("model.txt");
  }

  @Test
  void everyVerbHasAPage() throws IOException {
    assertThat(run("manual", "--out", folder.toString())).startsWith("9 pages in ");
    Path pages = folder.resolve("man1");
    assertThat(Files.readString(pages.resolve("unroll.1")))
        .contains(".SH TASKS", ".B majority", "unroll\\-majority\\fR(1)");
    assertThat(Files.readString(pages.resolve("unroll-majority-train.1")))
        .startsWith(".TH \"UNROLL\\-MAJORITY\\-TRAIN\" 1 ")
        .contains("unroll\\-majority\\-train \\- Learn the commonest label\n")
        .contains(".B unroll majority train\n")
        .contains(".B \\-\\-epochs=N\n", "Default: 20.", ".SH EXIT STATUS")
        .doesNotContain("\n.SH VERBS");
  }

  @Test
  void linesThatBeginLikeAMacroAreText() {
    assertThat(ManualPage.line(".gz packs a-b \\")).isEqualTo("\\&.gz packs a\\-b \\e\n");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        Cli.run(new Documentation(), out, new PrintStream(out), "manual", "--out", file.toString());
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains(file.toString()).doesNotContain("of the program");
  }
}
