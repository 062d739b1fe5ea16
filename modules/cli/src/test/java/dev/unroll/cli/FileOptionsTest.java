package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FileOptionsTest {
  @Command(name = "recognise")
  static final class Recognise {
    @Mixin FileOptions files;
  }

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("b.wav", "a.wav", "notes.txt")) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.createDirectory(folder.resolve("c.wav"));
  }

  private static List<String> answers(Object... args) {
    List<String> answers = new ArrayList<>();
    answer(answers, new StringWriter(), args);
    return answers;
  }

  private static void answer(List<String> answers, StringWriter errors, Object... args) {
    Recognise verb = new Recognise();
    String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
    new CommandLine(verb).setErr(new PrintWriter(errors)).parseArgs(words);
    verb.files.answer(
        path -> path.toString().endsWith(".wav"),
        2,
        paths -> paths.stream().map(FileOptionsTest::answer).toList(),
        answers::add,
        () -> {});
  }

  private static String answer(Path path) {
    if (path.toString().contains("broken")) {
      throw UserError.data(path.getFileName(), "broken; see " + UserError.setting("json"));
    }
    return path.getFileName().toString();
  }

  @Test
  void filesAreAnsweredInTheirOrderAndFoldersInThatOfTheNames() {
    assertThat(answers(folder.resolve("notes.txt"), folder))
        .containsExactly("notes.txt", "a.wav", "b.wav");
  }

  @Test
  void namesMayComeFromStandardInput() {
    InputStream before = System.in;
    String names = folder.resolve("b.wav") + "\n\n" + folder.resolve("a.wav") + "\n";
    System.setIn(new ByteArrayInputStream(names.getBytes()));
    try {
      assertThat(answers()).containsExactly("b.wav", "a.wav");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aBrokenFileDoesNotCostTheAnswersToTheOthers() throws IOException {
    Files.writeString(folder.resolve("aa-broken.wav"), "");
    List<String> answers = new ArrayList<>();
    StringWriter errors = new StringWriter();
    assertThatThrownBy(() -> answer(answers, errors, folder, "no.wav", folder.resolve("a.wav")))
        .isInstanceOf(UserError.class)
        .hasMessage("2 of 5 files: not answered; the lines above say why");
    assertThat(answers).containsExactly("a.wav", "b.wav", "a.wav");
    assertThat(errors.toString().lines())
        .containsExactly(
            "error: aa-broken.wav: broken; see json",
            "error: no.wav: no such file; check the name");
  }

  @Test
  void aSingleBrokenFileIsOneLine() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.wav"), "");
    StringWriter errors = new StringWriter();
    assertThatThrownBy(() -> answer(new ArrayList<>(), errors, broken))
        .isInstanceOf(UserError.class)
        .hasMessage("broken.wav: broken; see json");
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> answers(folder.resolve("no.wav")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("no.wav: no such file; check the name");
    assertThatThrownBy(() -> answers(folder.resolve("c.wav")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no files in this folder");
  }
}
