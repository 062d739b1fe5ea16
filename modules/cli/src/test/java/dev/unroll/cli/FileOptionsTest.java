package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    Recognise verb = new Recognise();
    String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
    new CommandLine(verb).parseArgs(words);
    List<String> answers = new ArrayList<>();
    verb.files.answer(
        path -> path.toString().endsWith(".wav"),
        2,
        paths -> paths.stream().map(path -> path.getFileName().toString()).toList(),
        answers::add,
        () -> {});
    return answers;
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
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> answers(folder.resolve("no.wav")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("no.wav: no such file; check the name");
    assertThatThrownBy(() -> answers(folder.resolve("c.wav")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no files in this folder");
  }
}
