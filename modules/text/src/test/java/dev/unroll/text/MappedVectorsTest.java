package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MappedVectorsTest {
  @TempDir Path folder;

  private static byte[] file(List<String> words, int dimensions, boolean lineFeeds)
      throws IOException {
    return file(words, dimensions, lineFeeds ? "\n" : "");
  }

  private static byte[] file(List<String> words, int dimensions, String between)
      throws IOException {
    Random random = new Random(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((words.size() + " " + dimensions + "\n").getBytes(StandardCharsets.UTF_8));
    for (String word : words) {
      out.write((word + " ").getBytes(StandardCharsets.UTF_8));
      ByteBuffer row = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
      while (row.hasRemaining()) {
        row.putFloat((float) random.nextGaussian());
      }
      out.write(row.array());
      out.write(between.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>(List.of("a", "ё", "語", "😀", "bb"));
    for (int i = 0; i < 500; i++) {
      words.add("x".repeat(i % 9) + i);
    }
    return words;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("vectors.bin"), bytes);
  }

  /** In maps so small that words and vectors lie across their borders. */
  @Test
  void whatIsMappedIsWhatIsRead() throws IOException {
    for (String between : new String[] {"", "\n", "\n\n\n"}) {
      for (int dimensions : new int[] {1, 7, 20}) {
        Path path = write(file(words(), dimensions, between));
        WordVectors read = WordVectors.read(TextSource.of(path));
        for (long step : new long[] {64, 333, 4096, 1L << 30}) {
          MappedVectors mapped = MappedVectors.open(path, Integer.MAX_VALUE, step).orElseThrow();
          assertThat(mapped.size()).isEqualTo(read.size());
          assertThat(mapped.dimensions()).isEqualTo(dimensions);
          for (int row = 0; row < read.size(); row++) {
            float[] target = new float[dimensions + 2];
            mapped.copyTo(row, target, 1);
            assertThat(Arrays.copyOfRange(target, 1, dimensions + 1)).isEqualTo(read.row(row));
            assertThat(mapped.word(row)).isEqualTo(read.words().get(row));
            assertThat(mapped.index(mapped.word(row))).isEqualTo(row);
          }
          assertThat(mapped.index("nobody")).isEqualTo(-1);
          assertThat(mapped.index("")).isEqualTo(-1);
        }
      }
    }
  }

  /** Both readers refuse the same values, with the same words. */
  @Test
  void whatIsNotFiniteIsRefusedAtOnce() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      byte[] bytes = file(List.of("a", "b", "c"), 5, "\n");
      int third = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\nc ") + 3;
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(third + 8, bad);
      Path path = write(bytes);
      String message = path + ": vector 3: it holds " + bad + ", which is no vector's value";
      assertThatThrownBy(() -> MappedVectors.open(path, 9)).hasMessage(message);
      assertThatThrownBy(() -> WordVectors.read(TextSource.of(path))).hasMessage(message);
      assertThat(MappedVectors.open(path, 2).orElseThrow().size()).isEqualTo(2);
    }
    Path largest = write(file(List.of("a"), 3, ""));
    byte[] bytes = Files.readAllBytes(largest);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(6, -Float.MAX_VALUE);
    assertThat(MappedVectors.open(write(bytes), 9)).isPresent();
  }

  /** Words that all have one hash in Java's own way of hashing, 31 · hash + byte. */
  @Test
  @Timeout(10) // 65,536 words take a moment, their pairs minutes
  void wordsMadeToCollideAreIndexedAsFastAsOthers() throws IOException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 1 << 16; i++) {
      StringBuilder word = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        word.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      words.add(word.toString());
    }
    assertThat(words.get(0).hashCode()).isEqualTo(words.get(12_345).hashCode());
    MappedVectors mapped =
        MappedVectors.open(write(file(words, 1, "")), Integer.MAX_VALUE).orElseThrow();
    for (int row = 0; row < words.size(); row++) {
      assertThat(mapped.index(words.get(row))).isEqualTo(row);
    }
  }

  @Test
  void theFirstOfAWordListedTwiceCounts() throws IOException {
    Path path = write(file(List.of("a", "b", "a"), 3, true));
    assertThat(MappedVectors.open(path, 9).orElseThrow().index("a")).isZero();
  }

  @Test
  void aLimitKeepsTheFirst() throws IOException {
    Path path = write(file(words(), 5, true));
    MappedVectors mapped = MappedVectors.open(path, 3).orElseThrow();
    assertThat(mapped.size()).isEqualTo(3);
    assertThat(mapped.word(2)).isEqualTo("語");
    assertThat(mapped.index("bb")).isEqualTo(-1);
  }

  @Test
  void otherFormatsAreLeftToOthers() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "2 2\na 1 2\nb 3 4\n");
    assertThat(MappedVectors.open(text, 9)).isEmpty();
    assertThat(MappedVectors.open(Files.createFile(folder.resolve("empty")), 9)).isEmpty();
    assertThat(MappedVectors.open(folder.resolve("missing"), 9)).isEmpty();
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] whole = file(words(), 5, true);
    refused(Arrays.copyOf(whole, whole.length - 8), "vector 505");
    refused(Arrays.copyOf(whole, whole.length / 2), "promises 505 vectors");
    refused(Arrays.copyOf(whole, whole.length + 3), "more follows");
    byte[] invalid = file(List.of("a", "zz"), 5, false);
    invalid[new String(invalid, StandardCharsets.ISO_8859_1).indexOf("zz")] = (byte) 0xFF;
    refused(invalid, "not valid UTF-8");
  }

  private void refused(byte[] bytes, String message) throws IOException {
    Path path = write(bytes);
    assertThatThrownBy(() -> MappedVectors.open(path, Integer.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vectors.bin")
        .hasMessageContaining(message);
  }
}
