package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporaryFileTest {
  private static final String NAME = "unroll-temporary-file-test";

  private static List<Path> left() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(NAME)).toList();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesBackWhatWasWrittenAndIsGoneThen() throws IOException {
    try (TemporaryFile file = new TemporaryFile(NAME, "a test")) {
      file.checkRoom(10);
      file.write(bytes("abcdef"), 0);
      file.write(bytes("XY"), 2);
      ByteBuffer read = ByteBuffer.allocate(4);
      file.read(read, 1);
      assertThat(read.array()).isEqualTo("bXYe".getBytes(StandardCharsets.UTF_8));
      assertThat(StandardCharsets.UTF_8.decode(file.map(3, 3)).toString()).isEqualTo("Yef");
      assertThatThrownBy(() -> file.read(ByteBuffer.allocate(4), 3))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("shorter than it was");
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void saysHowMuchIsNeededWhereThereIsTooLittleRoom() {
    try (TemporaryFile file = new TemporaryFile(NAME, "a test")) {
      assertThatThrownBy(() -> file.checkRoom(1_000_000_000_000_000_000L))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("a test is kept in the temporary folder")
          .hasMessageContaining("of 1,000,000,000,000,000,000 that are needed; free some space")
          .hasMessageContaining("-Djava.io.tmpdir");
    }
  }

  @Test
  void whatFailsIsOneLine() {
    TemporaryFile file = new TemporaryFile(NAME, "a test");
    file.close();
    assertThatThrownBy(() -> file.write(bytes("abc"), 5_000))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot take 5,003 bytes or more, as are needed");
    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be read");
  }
}
