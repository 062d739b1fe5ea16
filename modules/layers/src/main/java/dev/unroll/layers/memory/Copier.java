package dev.unroll.layers.memory;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Copies many small stretches of native memory, such as the rows of a batch or of a table.
 * JavaCPP's pointers cross into native code for each, which takes longer than to copy a row; a
 * {@link ByteBuffer} is copied where the compiler already is.
 *
 * <p>Addresses alone say what is copied: the caller sees to it that the memory lasts, see {@link
 * NativeMemory}. Not safe for use by several threads.
 */
public final class Copier {
  private static final int MOST_BYTES = 1 << 29;

  private final Window source;
  private final Window target;

  /** For stretches of 512 MB at most. */
  public Copier() {
    this(MOST_BYTES);
  }

  /** For stretches of so many bytes, a power of two and a multiple of that of a float. */
  Copier(int most) {
    source = new Window(most);
    target = new Window(most);
  }

  /** Copies {@code bytes} from one address to another. */
  public void copy(long from, long to, int bytes) {
    int sourceAt = source.moveTo(from);
    int targetAt = target.moveTo(to);
    target.bytes.put(targetAt, source.bytes, sourceAt, bytes);
  }

  /** Copies the first {@code count} floats at an address to the beginning of an array. */
  public void read(long from, float[] to, int count) {
    int at = source.moveTo(from);
    source.floats.get(at / Float.BYTES, to, 0, count);
  }

  /** The same without a look at what the bits mean. */
  public void readBits(long from, int[] to, int count) {
    int at = source.moveTo(from);
    source.ints.get(at / Integer.BYTES, to, 0, count);
  }

  /** Copies the first {@code count} floats of an array to an address. */
  public void write(float[] from, long to, int count) {
    int at = target.moveTo(to);
    target.floats.put(at / Float.BYTES, from, 0, count);
  }

  /** A view of a part of the address space, which is larger than a buffer may be. */
  private static final class Window {
    private final int half;
    private ByteBuffer bytes;
    private FloatBuffer floats;
    private IntBuffer ints;
    private long begin = -1;

    Window(int half) {
      this.half = half;
    }

    /** Where an address is in the buffers, with at least half of them behind it. */
    int moveTo(long address) {
      long wanted = address & -half;
      if (wanted != begin) {
        begin = wanted;
        bytes = new Address().at(wanted).capacity(2L * half / Float.BYTES).asByteBuffer();
        floats = bytes.asFloatBuffer();
        ints = bytes.asIntBuffer();
      }
      return (int) (address - begin);
    }
  }
}
