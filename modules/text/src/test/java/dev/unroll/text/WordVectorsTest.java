package dev.unroll.text;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordVectorsTest {
  private static final String GLOVE = "the 1 -2.5 3e-2\né 0 .5 +7\n1999 1 2 3\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        GLOVE,
        "3 3\n" + GLOVE,
        "3\t3\r\nthe\t1 -2.5 3e-2 \r\né  0 .5 +7\t\r\n1999 1 2 3",
        "the 1 -2.5 3e-2\né 0 .5 +7\n1999 1 2 3\nthe 9 9 9\n"
      })
  void readsText(String text) {
    assertHasTheThree(new WordVectorsReader().read(source(text.getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void readsBinaryWithAndWithoutLineFeeds(String between) throws IOException {
    assertHasTheThree(new WordVectorsReader().read(source(binary(between))));
  }

  @Test
  void readsGzip() throws IOException {
    for (byte[] plain : List.of(GLOVE.getBytes(UTF_8), binary("\n"))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      }
      Path file = Files.write(folder.resolve("vectors"), out.toByteArray());
      assertHasTheThree(new WordVectorsReader().read(file));
    }
  }

  @Test
  void readsWordsThatHoldSpaces() {
    WordVectors vectors = read("the 1 2\n. . . 3 4\nat x@y.org 5 6\n");
    assertThat(vectors.words()).containsExactly("the", ". . .", "at x@y.org");
    assertThat(vectors.row(1)).containsExactly(3, 4);
    assertThat(read("2 2\nnew york 1 2\nb 2 1\n").words()).containsExactly("new york", "b");
  }

  /** Not even the few bytes of two values a vector. */
  @Test
  void floatsAreNotTakenForText() {
    Random random = new Random(1);
    for (int dimensions : new int[] {2, 4, 50}) {
      for (int file = 0; file < 1000; file++) {
        ByteBuffer bytes = ByteBuffer.allocate(100 + 12 * dimensions * 4).order(LITTLE_ENDIAN);
        bytes.put(("10 " + dimensions + "\n").getBytes(UTF_8));
        for (int word = 0; word < 10; word++) {
          bytes.put(("w" + word + " ").getBytes(UTF_8));
          for (int i = 0; i < dimensions; i++) {
            bytes.putFloat((float) random.nextGaussian());
          }
        }
        byte[] written = Arrays.copyOf(bytes.array(), bytes.position());
        assertThat(WordVectorsReader.isBinary(written))
            .as("%d, file %d", dimensions, file)
            .isTrue();
      }
    }
  }

  @Test
  void stopsAtTheLimitAndKeepsWhatIsWanted() throws IOException {
    for (byte[] file : List.of(GLOVE.getBytes(UTF_8), binary(""), binary("\n"))) {
      WordVectors first = new WordVectorsReader().limit(2).read(source(file));
      assertThat(first.words()).containsExactly("the", "é");
      WordVectors wanted =
          new WordVectorsReader().only(Set.of("é", "1999", "none")::contains).read(source(file));
      assertThat(wanted.words()).containsExactly("é", "1999");
      assertThat(wanted.row(wanted.index("1999"))).containsExactly(1, 2, 3);
      WordVectors both = new WordVectorsReader().limit(2).only("é"::equals).read(source(file));
      assertThat(both.words()).containsExactly("é");
    }
  }

  @Test
  void growsOverManyVectors() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      text.append('w').append(i).append(" 1 2 3 4 ").append(i).append('\n');
    }
    WordVectors vectors = read(text.toString());
    assertThat(vectors.size()).isEqualTo(300_000);
    assertThat(vectors.row(vectors.index("w299999"))).containsExactly(1, 2, 3, 4, 299_999);
  }

  @Test
  void theDigestIsThatOfTheContent() throws IOException {
    String digest = read(GLOVE).digest();
    assertThat(new WordVectorsReader().read(source(binary("\n"))).digest()).isEqualTo(digest);
    assertThat(read(GLOVE.replace("7", "8")).digest()).isNotEqualTo(digest);
    assertThat(read(GLOVE.replace("é", "e")).digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          '' => v: no word vectors in it; the file is empty
          '\uFEFF' => v: no word vectors in it; the file is empty
          'word' => v:1: vectors of 0 values; at least 1 is needed
          '3 0\na' => v:1: vectors of 0 values; at least 1 is needed
          'a 1 2\nb 1' => v:2: a line is a word and 2 values, as many as in the first; found 1
          'a 1 2\nb 1 2 3' => v:2: a line is a word and 2 values, as many as in the first; found 3
          'a 1 2\n 1 2' => v:2: a line is a word and 2 values, as many as in the first; found 2
          'a 1 2\n\n' => v:2: a line is a word and 2 values, as many as in the first; found 0
          '2 2\na 1 2\nb 1' => v:3: a line is a word and 2 values, as many as in the first; found 1
          'a 1 2\nb 1 x' => v:2: 'x' is no number that a vector can hold
          'a 1 2\nb 1 nan' => v:2: 'nan' is no number that a vector can hold
          'a 1 2\nb 1 1e99' => v:2: '1e99' is no number that a vector can hold
          '2 2\na 1,5 2,5\nb 2,5 1,5' => v:2: '1,5' is no number that a vector can hold
          '3 2\na 1 2\nb 1 2' => v: the first line promises 3 vectors and 2 follow
          '1 2\na 1 2\nb 1 2' => v: the first line promises 1 vectors and 2 follow
          """)
  void refusesDamagedText(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesDamagedBinary() throws IOException {
    byte[] file = binary("");
    // From the middle of the first vector on, for less is not told from text.
    for (int cut = 14; cut < file.length; cut++) {
      byte[] truncated = Arrays.copyOf(file, cut);
      assertThatThrownBy(() -> new WordVectorsReader().read(source(truncated)))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("v: vector ");
    }
    assertThatThrownBy(
            () -> new WordVectorsReader().read(source(Arrays.copyOf(file, file.length + 2))))
        .hasMessageContaining("more follows");
    byte[] notANumber = file.clone();
    Arrays.fill(notANumber, file.length - 4, file.length, (byte) 0xff);
    assertThatThrownBy(() -> new WordVectorsReader().read(source(notANumber)))
        .hasMessage("v: vector 3: it holds NaN, which is no vector's value");
  }

  /** Its bytes say where a word ends, so a charset in which they may say else is of no use. */
  @Test
  void refusesBinaryInACharsetOfOtherBlanks() throws IOException {
    for (Charset charset : List.of(UTF_16, UTF_16LE, Charset.forName("IBM037"))) {
      TextSource other = source(binary("\n")).withCharset(charset);
      assertThatThrownBy(() -> new WordVectorsReader().read(other))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("v: word2vec's binary format ends a word with")
          .hasMessageContaining(charset.name());
    }
    TextSource text = source("é 1 2\n".getBytes(UTF_16)).withCharset(UTF_16);
    assertThat(new WordVectorsReader().read(text).words()).containsExactly("é");
  }

  @Test
  void refusesProgrammersMistakes() {
    assertThatThrownBy(() -> new WordVectorsReader().limit(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WordVectors("v", List.of("a", "a"), 1, new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WordVectors("v", List.of("a", "b"), 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("a 1").row(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertHasTheThree(WordVectors vectors) {
    assertThat(vectors.words()).containsExactly("the", "é", "1999");
    assertThat(vectors.size()).isEqualTo(3);
    assertThat(vectors.dimensions()).isEqualTo(3);
    assertThat(vectors.index("é")).isEqualTo(1);
    assertThat(vectors.index("none")).isEqualTo(-1);
    assertThat(vectors.row(0)).containsExactly(1, -2.5f, 0.03f);
    float[] target = new float[5];
    vectors.copyTo(1, target, 1);
    assertThat(target).containsExactly(0, 0, 0.5f, 7, 0);
  }

  /** The three vectors in the layout of word2vec.c. */
  private static byte[] binary(String between) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("3 3\n".getBytes(UTF_8));
    float[][] rows = {{1, -2.5f, 0.03f}, {0, 0.5f, 7}, {1, 2, 3}};
    String[] words = {"the", "é", "1999"};
    for (int i = 0; i < rows.length; i++) {
      out.write((words[i] + " ").getBytes(UTF_8));
      ByteBuffer row = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      row.asFloatBuffer().put(rows[i]);
      out.write(row.array());
      out.write(between.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static WordVectors read(String text) {
    return WordVectors.read(source(text.getBytes(UTF_8)));
  }

  private static TextSource source(byte[] bytes) {
    return TextSource.of("v", new ByteArrayInputStream(bytes));
  }
}
