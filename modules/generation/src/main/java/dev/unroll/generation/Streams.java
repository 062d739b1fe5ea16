package dev.unroll.generation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * One long text cut into streams that are read side by side, window after window; the state in
 * which a stream leaves a window is the state in which it enters the next (truncated
 * back-propagation through time; Williams and Peng 1990).
 *
 * <pre>
 *   text      a b c d e f g h i j k l m n o p q     16 steps: read a … p, predict b … q
 *
 *               window 1    window 2    window 3
 *   stream 1    a b         c d e       f           each stream goes on where its window before ended,
 *   stream 2    g h         i j k       .           and ends where the next stream begins
 *   stream 3    l m         n o p       .
 * </pre>
 *
 * <p>Nothing is left out: streams differ in length by one step at most, and what is missing in the
 * last window is masked. The first window may be shorter than the others, so that the windows of
 * another epoch are cut at other places.
 */
public final class Streams {
  /** Symbols that are read at once of each stream: some tens of windows. */
  private static final int AHEAD = 1 << 12;

  private final Symbols symbols;
  private final Block[] blocks; // what was read of each stream last
  private final int streams;
  private final int window;
  private final long shortest;
  private final long longer;

  /**
   * Lays {@code symbols} out.
   *
   * @param symbols at least 2
   * @param streams at least 1; fewer are made where there are fewer steps
   * @param window most steps of a window, at least 1
   * @throws UserError if there are more windows than can be counted
   */
  public Streams(Symbols symbols, int streams, int window) {
    if (symbols.size() < 2 || streams < 1 || window < 1) {
      throw new IllegalArgumentException(
          symbols.size() + " symbols in " + streams + " streams of windows of " + window);
    }
    long steps = symbols.size() - 1;
    this.symbols = symbols;
    this.streams = (int) Math.min(streams, steps);
    this.blocks = new Block[this.streams];
    this.window = window;
    this.shortest = steps / this.streams;
    this.longer = steps % this.streams;
    if (shortest / window >= Integer.MAX_VALUE - 1) {
      throw UserError.usage(
          "%,d symbols in %d streams are more windows of %d than can be counted; give a larger %s"
              .formatted(symbols.size(), streams, window, setting("batch")));
    }
  }

  /** The number of streams. */
  public int count() {
    return streams;
  }

  /** The number of steps of all streams. */
  public long steps() {
    return symbols.size() - 1;
  }

  /** The number of windows when the first is of {@code first} steps. */
  public int windows(int first) {
    long longest = shortest + (longer > 0 ? 1 : 0);
    return 1 + (int) ((Math.max(0, longest - first) + window - 1) / window);
  }

  /** One stretch of each stream, in the order of the streams. */
  public List<Stretch> window(int index, int first) {
    List<Stretch> stretches = new ArrayList<>(streams);
    for (int i = 0; i < streams; i++) {
      long from = i * shortest + Math.min(i, longer) + begin(i, index, first);
      int steps = steps(i, index, first);
      if (blocks[i] == null || !blocks[i].has(from, steps)) {
        int length = (int) Math.min(Math.max(AHEAD, 1 + steps), symbols.size() - from);
        blocks[i] = new Block(from, symbols.read(from, length));
      }
      stretches.add(new Stretch(blocks[i].symbols, (int) (from - blocks[i].from), steps));
    }
    return stretches;
  }

  private record Block(long from, int[] symbols) {
    boolean has(long first, int steps) {
      return first >= from && first + steps < from + symbols.length;
    }
  }

  /** The number of steps in a window of all streams. */
  public int steps(int index, int first) {
    int sum = 0;
    for (int i = 0; i < streams; i++) {
      sum += steps(i, index, first);
    }
    return sum;
  }

  private int steps(int stream, int index, int first) {
    return (int) (begin(stream, index + 1, first) - begin(stream, index, first));
  }

  /** How many steps of a stream come before a window. */
  private long begin(int stream, int index, int first) {
    long before = index == 0 ? 0 : first + (index - 1L) * window;
    return Math.min(before, shortest + (stream < longer ? 1 : 0));
  }
}
