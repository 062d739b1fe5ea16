package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.reflect.TypeToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder;

  /** A model with an entry of each kind. */
  static Path write(Path path) {
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("words.txt", "naïve\nwörd\n");
      file.properties("config.properties", new TreeMap<>(Map.of("a", "1", "b", "x=\\y")));
      file.json("labels.json", List.of("good", "bad"));
      file.binary("numbers.bin", out -> out.write(new byte[] {1, 2, 3}));
      file.commit();
    }
    return path;
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    try (ModelFile file = ModelFile.open(write(folder.resolve("m.zip")), "test")) {
      assertThat(file.text("words.txt")).isEqualTo("naïve\nwörd\n");
      assertThat(file.lines("words.txt").next()).isEqualTo("naïve");
      assertThat(file.properties("config.properties")).isEqualTo(Map.of("a", "1", "b", "x=\\y"));
      assertThat(file.json("labels.json", new TypeToken<List<String>>() {}))
          .containsExactly("good", "bad");
      assertThat(file.open("numbers.bin").readAllBytes()).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> file.open("other")).hasMessageContaining("'other' is missing");
    }
  }

  @Test
  void aFileMayHaveOthersWithin() throws IOException {
    Path path = folder.resolve("nested.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("words.txt", "outer\n");
      file.text("a/words.txt", "inner\n");
      file.text("a/b/words.txt", "innermost\n");
      file.commit();
    }
    try (ModelFile file = ModelFile.open(path, "test")) {
      ModelFile inner = file.within("a/");
      assertThat(inner.text("words.txt")).isEqualTo("inner\n");
      assertThat(inner.within("b/").text("words.txt")).isEqualTo("innermost\n");
      assertThat(inner.size("words.txt")).isEqualTo(6);
      assertThat(inner.has("a/words.txt")).isFalse();
      assertThatThrownBy(() -> inner.open("other"))
          .isInstanceOf(UserError.class)
          .hasMessage(path + "!a/: damaged: 'other' is missing");
      inner.close();
      assertThat(file.text("words.txt")).isEqualTo("outer\n");
    }
  }

  @Test
  void theSameContentIsTheSameBytes() throws IOException {
    assertThat(write(folder.resolve("a.zip")))
        .hasSameBinaryContentAs(write(folder.resolve("b.zip")));
  }

  @Test
  void nothingIsSeenBeforeItIsCommitted() throws IOException {
    Path path = write(folder.resolve("m.zip"));
    byte[] before = Files.readAllBytes(path);
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("words.txt", "half");
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("m.zip");
  }

  @Test
  void theTargetIsCheckedBeforehand() {
    ModelFileWriter.check(folder.resolve("m.zip"), 1000);
    assertThat(folder.toFile().list()).isEmpty();
    assertThatThrownBy(() -> ModelFileWriter.check(folder, 1000))
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> ModelFileWriter.check(folder.resolve("no/m.zip"), 1000))
        .hasMessageContaining("the directory does not exist");
    assertThatThrownBy(() -> ModelFileWriter.check(folder.resolve("m.zip"), Long.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("free some space");
  }

  @Test
  void aFailingContentLeavesNoFile() {
    Path path = folder.resolve("m.zip");
    assertThatThrownBy(
            () -> {
              try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
                file.binary(
                    "numbers.bin",
                    out -> {
                      throw new IOException("No space left on device");
                    });
              }
            })
        .isInstanceOf(UserError.class)
        .hasMessageContaining("No space left on device");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aStreamIsReadLikeTheFileAndLeavesNothingBehind() throws IOException {
    byte[] bytes = Files.readAllBytes(write(folder.resolve("m.zip")));
    Set<Path> before = temporaryFiles();
    try (ModelFile file = ModelFile.open(new ByteArrayInputStream(bytes), "a stream", "test")) {
      assertThat(file.text("words.txt")).isEqualTo("naïve\nwörd\n");
      assertThat(file.size("numbers.bin")).isEqualTo(3);
      assertThatThrownBy(() -> file.open("other"))
          .hasMessage("a stream: damaged: 'other' is missing");
    }
    bytes[bytes.length / 2] ^= 0x55;
    assertThatThrownBy(() -> ModelFile.open(new ByteArrayInputStream(bytes), "a stream", "test"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a stream: ");
    assertThatThrownBy(() -> ModelFile.open(InputStream.nullInputStream(), "nothing", "test"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("nothing: not a model file");
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  private static Set<Path> temporaryFiles() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("unroll.*\\.zip"))
          .collect(Collectors.toSet());
    }
  }
}
