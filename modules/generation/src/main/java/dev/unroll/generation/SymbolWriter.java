package dev.unroll.generation;

import dev.unroll.data.TemporaryFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes {@link Symbols} of any number of symbols. The first {@value #IN_MEMORY} are held in memory;
 * of a longer text, all are in a temporary file, 2 bytes each where there are few enough different
 * ones, or else 4.
 *
 * <pre>{@code
 * try (SymbolWriter writer = new SymbolWriter(symbols, expected)) {
 *   text.forEach(writer::add);
 *   return writer.finish();
 * }
 * }</pre>
 */
public final class SymbolWriter implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 22;
  private static final int FIRST = 1 << 10;
  private static final int BLOCK = 1 << 16;

  private final int bytes;
  private final int inMemory;
  private int[] held = new int[FIRST];
  private int holds;
  private int last = -1;
  private TemporaryFile file; // null while all are held
  private long stored;
  private boolean finished;

  /**
   * A writer of nothing yet.
   *
   * @param symbols how many different ones there are, numbered from 0
   * @param expected how many will be added; 0 if that is not known
   * @throws dev.unroll.data.UserError if the disk has no room for as many
   */
  public SymbolWriter(int symbols, long expected) {
    this(symbols, expected, IN_MEMORY);
  }

  SymbolWriter(int symbols, long expected, int inMemory) {
    this.bytes = symbols <= Character.MAX_VALUE + 1 ? Character.BYTES : Integer.BYTES;
    this.inMemory = inMemory;
    if (expected > inMemory) {
      open(expected * bytes);
    }
  }

  private void open(long expected) {
    file = new TemporaryFile("unroll-symbols", "a long text");
    try {
      file.checkRoom(expected);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Adds a symbol at the end. */
  public void add(int symbol) {
    if (holds == held.length) {
      if (holds < inMemory) {
        held = Arrays.copyOf(held, (int) Math.min(inMemory, 2L * holds));
      } else {
        store();
      }
    }
    held[holds++] = symbol;
    last = symbol;
  }

  /** How many were added. */
  public long size() {
    return stored + holds;
  }

  /** The symbol that was added last; -1 before the first. */
  public int last() {
    return last;
  }

  private void store() {
    if (file == null) {
      open(0);
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (int i = 0; i < holds; ) {
      block.clear();
      for (; i < holds && block.hasRemaining(); i++) {
        if (bytes == Character.BYTES) {
          block.putChar((char) held[i]);
        } else {
          block.putInt(held[i]);
        }
      }
      block.flip();
      int written = block.remaining() / bytes;
      file.write(block, stored * bytes);
      stored += written;
    }
    holds = 0;
  }

  /** All that was added; to be closed by the caller. */
  public Symbols finish() {
    if (file != null) {
      store();
    }
    finished = true;
    return file == null
        ? Symbols.of(Arrays.copyOf(held, holds))
        : new StoredSymbols(file, bytes, stored);
  }

  /** Drops what was not finished. */
  @Override
  public void close() {
    if (file != null && !finished) {
      file.close();
    }
  }
}
