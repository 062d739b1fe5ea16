package dev.unroll.data;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Text that arrives line by line, from somebody who waits for an answer to each. */
class ArrivingTextTest {
  /** Refuses to be read for more than has been written so far, where a pipe would wait. */
  private static final class Pipe extends InputStream {
    private byte[] written = {};
    private int position;

    void write(byte[] more) {
      byte[] left = Arrays.copyOfRange(written, position, written.length);
      written = Arrays.copyOf(left, left.length + more.length);
      System.arraycopy(more, 0, written, left.length, more.length);
      position = 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position == written.length) {
        throw new IOException("waits for ever");
      }
      int n = Math.min(length, written.length - position);
      System.arraycopy(written, position, bytes, offset, n);
      position += n;
      return n;
    }

    @Override
    public int available() {
      return written.length - position;
    }
  }

  private final Pipe pipe = new Pipe();

  @Test
  void aLineIsThereBeforeTheNextIsWritten() {
    pipe.write("é\n".getBytes(UTF_8));
    LineReader in = TextSource.of("pipe", pipe).open();
    assertThat(in.next()).isEqualTo("é");
    for (String line : new String[] {"second", "", "x".repeat(200_000), "語", "with\ta tab"}) {
      for (String end : new String[] {"\n", "\r\n"}) {
        pipe.write((line + end).getBytes(UTF_8));
        assertThat(in.peek()).isEqualTo(line);
        assertThat(in.next()).isEqualTo(line);
      }
    }
  }

  @Test
  void anEmptyFirstLineIsALine() {
    pipe.write("\n".getBytes(UTF_8));
    assertThat(TextSource.of("pipe", pipe).open().next()).isEmpty();
  }

  @Test
  void aCharacterMayArriveInParts() {
    byte[] bytes = "a\n語\n".getBytes(UTF_8);
    pipe.write(Arrays.copyOf(bytes, 3));
    LineReader in = TextSource.of("pipe", pipe).open();
    assertThat(in.next()).isEqualTo("a");
    pipe.write(Arrays.copyOfRange(bytes, 3, bytes.length));
    assertThat(in.next()).isEqualTo("語");
  }

  @Test
  void thatHoldsInOtherCharsets() {
    pipe.write("é\n".getBytes(UTF_16LE));
    LineReader in = TextSource.of("pipe", pipe).withCharset(UTF_16LE).open();
    assertThat(in.next()).isEqualTo("é");
    pipe.write("ü\n".getBytes(UTF_16LE));
    assertThat(in.next()).isEqualTo("ü");
  }

  /** Whoever packs and flushes wants what was flushed to arrive. */
  @Test
  void packedLinesArriveWhenTheyAreFlushed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    GZIPOutputStream gzip = new GZIPOutputStream(packed, 512, true);
    send(gzip, packed, "first\n");
    LineReader in = TextSource.of("pipe", pipe).open();
    assertThat(in.next()).isEqualTo("first");
    send(gzip, packed, "second\n");
    assertThat(in.next()).isEqualTo("second");
  }

  private void send(GZIPOutputStream gzip, ByteArrayOutputStream packed, String line)
      throws IOException {
    gzip.write(line.getBytes(UTF_8));
    gzip.flush();
    pipe.write(packed.toByteArray());
    packed.reset();
  }
}
