package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.text.WordVectorsWriter.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordVectorsWriterTest {
  private static final List<String> WORDS = List.of("the", "Ärger", "東京", "😀", "new_york");
  private static final float[] VALUES = {
    0, -0.5f, 1e-30f, 3.4e38f, 1 / 3f, -7, 1e-4f, 123456.78f, 0.1f, 0.2f
  };

  @TempDir Path folder;

  private void write(Path file, Format format, List<String> words) {
    try (WordVectorsWriter writer = WordVectorsWriter.open(file, format, WORDS.size(), 2)) {
      for (int i = 0; i < words.size(); i++) {
        writer.write(words.get(i), VALUES, 2 * i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v.vec", "v.bin", "v.glove", "v.txt.gz", "v.bin.gz"})
  void whatIsWrittenReadsBackToTheBit(String name) {
    Path file = folder.resolve(name);
    write(file, Format.of(file), WORDS);
    WordVectors read = new WordVectorsReader().read(file);
    assertThat(read.words()).isEqualTo(WORDS);
    for (int i = 0; i < WORDS.size(); i++) {
      assertThat(read.row(i)).containsExactly(VALUES[2 * i], VALUES[2 * i + 1]);
    }
  }

  @Test
  void binaryIsWord2vecsByteForByte() throws Exception {
    Path file = folder.resolve("v.bin");
    try (WordVectorsWriter writer = WordVectorsWriter.open(file, Format.BINARY, 1, 2)) {
      writer.write("é", new float[] {9, 1.5f, -2}, 1);
    }
    ByteBuffer expected = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    expected.put("1 2\né ".getBytes(StandardCharsets.UTF_8));
    expected.putFloat(1.5f).putFloat(-2).put((byte) '\n');
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
  }

  @Test
  void anUnfinishedFileDoesNotReplaceWhatWasThere() throws Exception {
    Path file = Files.writeString(folder.resolve("v.vec"), "old");
    write(file, Format.TEXT, WORDS.subList(0, 3));
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("v.vec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "tab\there", "line\nbreak"})
  void aWordThatTheFormatsCannotHoldIsRefused(String word) {
    assertThatThrownBy(() -> write(folder.resolve("v.vec"), Format.TEXT, List.of(word)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot hold");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("missing").resolve("v.vec");
    assertThatThrownBy(() -> write(file, Format.TEXT, WORDS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
  }
}
