package dev.unroll.generation;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * A text as symbols, be it short and in memory or long and on the disk; {@link SymbolWriter} makes
 * one. Any number of threads may read it.
 */
public interface Symbols extends AutoCloseable {
  /** The number of symbols. */
  long size();

  /**
   * Copies symbols.
   *
   * @param from index of the first
   * @param target receives the next {@code length} of them from {@code offset} on
   */
  void read(long from, int[] target, int offset, int length);

  /** Some symbols in an array of their own. */
  default int[] read(long from, int length) {
    int[] symbols = new int[length];
    read(from, symbols, 0, length);
    return symbols;
  }

  /** All symbols in their order, read in blocks. */
  default PrimitiveIterator.OfInt iterator() {
    return new PrimitiveIterator.OfInt() {
      private final int[] block = new int[(int) Math.min(1 << 14, size())];
      private int place = block.length;
      private long next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public int nextInt() {
        if (!hasNext()) {
          throw new NoSuchElementException("all " + size() + " symbols have been read");
        }
        if (place == block.length) {
          place = 0;
          Symbols.this.read(next, block, 0, (int) Math.min(block.length, size() - next));
        }
        next++;
        return block[place++];
      }
    };
  }

  /** The same from the last to the first; closing either closes both. */
  default Symbols reversed() {
    Symbols forward = this;
    return new Symbols() {
      @Override
      public long size() {
        return forward.size();
      }

      @Override
      public void read(long from, int[] target, int offset, int length) {
        forward.read(size() - from - length, target, offset, length);
        for (int i = offset, j = offset + length - 1; i < j; i++, j--) {
          int symbol = target[i];
          target[i] = target[j];
          target[j] = symbol;
        }
      }

      @Override
      public void close() {
        forward.close();
      }
    };
  }

  /** These symbols, which are not to be changed. */
  static Symbols of(int... symbols) {
    return new Symbols() {
      @Override
      public long size() {
        return symbols.length;
      }

      @Override
      public void read(long from, int[] target, int offset, int length) {
        System.arraycopy(symbols, Math.toIntExact(from), target, offset, length);
      }
    };
  }

  /** Gives back what they are stored in. */
  @Override
  default void close() {}
}
