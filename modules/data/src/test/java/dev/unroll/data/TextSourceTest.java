package dev.unroll.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
  @TempDir Path folder;

  @Test
  void readsLinesWithEitherEnd() {
    assertThat(lines("a\nb\r\nc\nd")).containsExactly("a", "b", "c", "d");
    assertThat(lines("a\n\n\r\n\r\r\n")).containsExactly("a", "", "", "");
    assertThat(lines("a\r\r\nb\rc\nd\n")).containsExactly("a", "b c", "d");
    assertThat(lines("a\nb\r")).containsExactly("a", "b");
    assertThat(lines("a\r")).containsExactly("a");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
    assertThat(lines("a\u0085b\u2028c")).containsExactly("a\u0085b\u2028c");
  }

  /** The number of lines is what wc -l counts, and one more for a last line without an end. */
  @Test
  void countsLinesByTheirLineFeeds() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(40) == 0 ? "x".repeat(32_766) : "");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append("a\r\n\n".charAt(random.nextInt(4)));
      }
      text.append("\n");
      text.append("b".repeat(random.nextInt(2)));
      String[] expected = text.toString().split("\r*\n", -1);
      List<String> lines = new ArrayList<>();
      for (String line : expected) {
        lines.add(line.replace('\r', ' '));
      }
      if (!text.toString().endsWith("b")) {
        lines.remove(lines.size() - 1);
      }
      assertThat(lines(text.toString())).isEqualTo(lines);
    }
  }

  @Test
  void refusesFilesOfOldMacs() {
    assertThatThrownBy(() -> lines("one\rtwo\rthree\r"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "sample: its lines end with CR alone, as on old Macs; make them line feeds: tr '\\r'"
                + " '\\n'");
    assertThatThrownBy(() -> lines("\r\rtwo")).isInstanceOf(UserError.class);
  }

  /** The buffers are 32 and 64 thousand characters: ends and long characters fall across them. */
  @Test
  void readsAcrossItsBuffers() {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      List<String> expected = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        String line = "é😂x".repeat(random.nextInt(5000)) + "y".repeat(random.nextInt(4));
        expected.add(line);
        text.append(line).append(List.of("\n", "\r\n", "\r\r\n").get(i % 3));
      }
      assertThat(lines(text.toString())).isEqualTo(expected);
    }
  }

  @Test
  void dropsAByteOrderMarkAtTheBeginningOnly() {
    assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
    assertThat(lines("\uFEFF")).isEmpty();
    assertThat(read(source("\uFEFFé".getBytes(UTF_16LE)).withCharset(UTF_16LE)))
        .containsExactly("é");
    assertThat(read(source("é".getBytes(UTF_16)).withCharset(UTF_16))).containsExactly("é");
  }

  @Test
  void readsTheCharsetThatIsNamed() {
    TextSource latin = source("caf\u00e9".getBytes(ISO_8859_1));
    assertThat(read(latin.withCharset(TextSource.charset("latin1")))).containsExactly("café");
    assertThat(TextSource.charset("latin-1")).isEqualTo(ISO_8859_1);
    assertThat(TextSource.charset("Latin-1")).isEqualTo(ISO_8859_1);
    assertThatThrownBy(() -> TextSource.charset("utf-9"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("utf-9");
    assertThatThrownBy(() -> TextSource.charset("no name!")).isInstanceOf(UserError.class);
  }

  @Test
  void refusesInvalidBytesAtTheirLineAndHandsOutWhatIsBefore() {
    byte[] bytes = concat("one\r\ntwo\nthree ".getBytes(UTF_8), new byte[] {(byte) 0xe9, ' ', 'x'});
    LineReader in = source(bytes).open();
    assertThat(in.next()).isEqualTo("one");
    assertThat(in.next()).isEqualTo("two");
    assertThatThrownBy(in::next)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "sample:3: not valid UTF-8 (byte E9); give the file's charset, such as"
                + " windows-1252");
  }

  @Test
  void refusesACharacterThatTheEndCutsOff() {
    byte[] bytes = Arrays.copyOf("a\né".getBytes(UTF_8), 3);
    assertThatThrownBy(() -> read(source(bytes)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("sample:2: not valid UTF-8");
  }

  @Test
  void countsLinesFarIntoAFile() {
    byte[] bytes = concat("abc\r\n".repeat(100_000).getBytes(UTF_8), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> read(source(bytes))).hasMessageStartingWith("sample:100001: ");
  }

  @Test
  void unpacksGzipOfSeveralMembersWhateverTheName() throws IOException {
    byte[] packed = concat(gzip("one\ntw"), concat(gzip(""), gzip("o\nthree")));
    Path file = Files.write(folder.resolve("plain.txt"), packed);
    assertThat(read(TextSource.of(file))).containsExactly("one", "two", "three");
    assertThat(read(TextSource.of("pipe", new Trickle(packed))))
        .containsExactly("one", "two", "three");
    assertThat(read(source(Arrays.copyOf(packed, packed.length + 512)))).hasSize(3);
  }

  @Test
  void unpacksBigGzipAndGzipWithAHeader() throws IOException {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(300_000, ' ', '~').forEach(c -> text.append((char) c));
    assertThat(read(source(gzip(text.toString())))).containsExactly(text.toString());
    byte[] header = HexFormat.of().parseHex("1f8b081e00000000000303004142436e616d650063000000");
    byte[] body = gzip("with a name");
    byte[] named = concat(header, Arrays.copyOfRange(body, 10, body.length));
    assertThat(read(source(named))).containsExactly("with a name");
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] packed = gzip("one two three ".repeat(100));
    for (int cut = 2; cut < packed.length; cut++) {
      byte[] truncated = Arrays.copyOf(packed, cut);
      assertThatThrownBy(() -> read(source(truncated)))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("sample: damaged gzip file");
    }
    byte[] changed = packed.clone();
    changed[packed.length - 6] ^= 1;
    assertThatThrownBy(() -> read(source(changed))).hasMessageContaining("checksum differs");
    byte[] followed = concat(packed, "text".getBytes(US_ASCII));
    assertThatThrownBy(() -> read(source(followed))).hasMessageContaining("something else follows");
  }

  @Test
  void refusesWhatCannotBeOpened() {
    assertThatThrownBy(() -> TextSource.of(folder.resolve("none")).open())
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("none") + ": no such file; check the name");
    assertThatThrownBy(() -> TextSource.of(folder).open())
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("is a folder; give a file");
    assertThatThrownBy(() -> TextSource.of("a\0b")).isInstanceOf(UserError.class);
  }

  @Test
  void readsAFailingStreamToOneError() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };
    assertThatThrownBy(() -> read(TextSource.of("sample", failing)))
        .isInstanceOf(UserError.class)
        .hasMessage("sample: cannot be read (disk on fire)");
  }

  @Test
  void readsStandardInputAndLeavesItOpen() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("a\nb".getBytes(UTF_8)));
      TextSource source = TextSource.of("-");
      assertThat(source.name()).isEqualTo("standard input");
      assertThat(read(source)).containsExactly("a", "b");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void takesLinesOfTenMegabytesAndRefusesEndlessOnes() {
    String line = "word ".repeat(2 << 20);
    assertThat(lines(line + "\nnext")).containsExactly(line, "next");
    assertThatThrownBy(() -> lines("first\n" + "x".repeat(LineReader.MAX_LINE_LENGTH + 1)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("sample:2: line longer than 16,777,216 characters");
    assertThat(lines("x".repeat(LineReader.MAX_LINE_LENGTH))).hasSize(1);
  }

  @Test
  void knowsTheLineAndPeeks() {
    LineReader in = source("a\nb".getBytes(UTF_8)).open();
    assertThat(in.line()).isZero();
    assertThat(in.peek()).isEqualTo("a");
    assertThat(in.line()).isZero();
    assertThat(in.next()).isEqualTo("a");
    assertThat(in.next()).isEqualTo("b");
    assertThat(in.error("wrong")).hasMessage("sample:2: wrong");
    assertThat(in.next()).isNull();
    assertThat(in.next()).isNull();
    assertThat(in.line()).isEqualTo(2);
  }

  /** Published test vector: FIPS 180-2, appendix B.1. */
  @Test
  void digestsTheStoredBytes() throws IOException {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    LineReader in = source("abc".getBytes(US_ASCII)).open();
    assertThatThrownBy(in::digest).isInstanceOf(IllegalStateException.class);
    assertThat(in.next()).isEqualTo("abc");
    assertThat(in.next()).isNull();
    assertThat(in.digest()).isEqualTo(abc);
    LineReader packed = source(gzip("abc")).open();
    while (packed.next() != null) {}
    byte[] expected = Sha256.create().digest(gzip("abc"));
    assertThat(packed.digest()).isEqualTo(HexFormat.of().formatHex(expected));
  }

  private static List<String> lines(String text) {
    return read(source(text.getBytes(UTF_8)));
  }

  private static List<String> read(TextSource source) {
    List<String> lines = new ArrayList<>();
    try (LineReader in = source.open()) {
      for (String line = in.next(); line != null; line = in.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static TextSource source(byte[] bytes) {
    return TextSource.of("sample", new ByteArrayInputStream(bytes));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** A pipe at its slowest: one byte at a time, and never one available. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(length, 1));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }
}
