package dev.unroll.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shell makes of {@code <(command)}: a file that can be read once, from front to back. */
@Timeout(30)
class NamedPipeTest {
  @TempDir Path folder;
  private int made;

  /** A pipe into which somebody writes. */
  private Path pipe(byte[] content) throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe" + made++);
    assumeTrue(makes(pipe), "there is no mkfifo");
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(content);
              } catch (IOException e) {
                // The reader has seen enough.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return pipe;
  }

  private static boolean makes(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static List<String> lines(TextSource source) {
    List<String> lines = new ArrayList<>();
    try (LineReader in = source.open()) {
      for (String line = in.next(); line != null; line = in.next()) {
        lines.add(line);
      }
      lines.add(in.digest());
    }
    return lines;
  }

  @Test
  void isReadAsTheFileIs() throws Exception {
    byte[] text = "one\ntwo\n".repeat(50_000).getBytes(UTF_8);
    for (byte[] content : List.of(text, gzip(text), "hello".getBytes(UTF_8), new byte[0])) {
      Path file = Files.write(folder.resolve("file"), content);
      assertThat(lines(TextSource.of(pipe(content)))).isEqualTo(lines(TextSource.of(file)));
    }
  }

  @Test
  void canBeReadAgainOnceItIsCopied() throws Exception {
    byte[] content = gzip("ä\nb".getBytes(UTF_8));
    Path pipe = pipe(content);
    TextSource copy = TextSource.of(pipe).withCharset(UTF_8).reopenable();
    assertThat(lines(copy)).isEqualTo(lines(copy)).startsWith("ä", "b");
    assertThat(copy.name()).isEqualTo(pipe.toString());
    Path file = Files.write(folder.resolve("file"), content);
    TextSource source = TextSource.of(file);
    assertThat(source.reopenable()).isSameAs(source);
  }

  @Test
  void mayHoldVectorsInAnyFormat() throws Exception {
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    binary.write("2 1500\na ".getBytes(UTF_8)); // longer than what the format is told by
    binary.write(floats(1500, 0.25f));
    binary.write("b ".getBytes(UTF_8));
    binary.write(floats(1500, -7));
    byte[] text = "a 1 2\nb 3 4\n".getBytes(UTF_8);
    for (byte[] content : List.of(text, gzip(text), binary.toByteArray())) {
      Path file = Files.write(folder.resolve("file"), content);
      WordVectors piped = new WordVectorsReader().read(pipe(content));
      assertThat(piped.digest()).isEqualTo(new WordVectorsReader().read(file).digest());
    }
  }

  private static byte[] floats(int count, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
