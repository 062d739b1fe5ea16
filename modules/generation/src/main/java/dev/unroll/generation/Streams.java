package dev.unroll.generation;

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
  private final int[] symbols;
  private final int streams;
  private final int window;
  private final int shortest;
  private final int longer;

  /**
   * Lays {@code symbols} out.
   *
   * @param symbols at least 2
   * @param streams at least 1; fewer are made where there are fewer steps
   * @param window most steps of a window, at least 1
   */
  public Streams(int[] symbols, int streams, int window) {
    if (symbols.length < 2 || streams < 1 || window < 1) {
      throw new IllegalArgumentException(
          symbols.length + " symbols in " + streams + " streams of windows of " + window);
    }
    int steps = symbols.length - 1;
    this.symbols = symbols;
    this.streams = Math.min(streams, steps);
    this.window = window;
    this.shortest = steps / this.streams;
    this.longer = steps % this.streams;
  }

  /** The number of streams. */
  public int count() {
    return streams;
  }

  /** The number of steps of all streams. */
  public int steps() {
    return symbols.length - 1;
  }

  /** The number of windows when the first is of {@code first} steps. */
  public int windows(int first) {
    int longest = shortest + (longer > 0 ? 1 : 0);
    return 1 + (Math.max(0, longest - first) + window - 1) / window;
  }

  /** One stretch of each stream, in the order of the streams. */
  public List<Stretch> window(int index, int first) {
    int from = index == 0 ? 0 : first + (index - 1) * window;
    int to = index == 0 ? first : from + window;
    List<Stretch> stretches = new ArrayList<>(streams);
    for (int i = 0; i < streams; i++) {
      int start = i * shortest + Math.min(i, longer);
      int length = shortest + (i < longer ? 1 : 0);
      int begin = Math.min(from, length);
      stretches.add(new Stretch(symbols, start + begin, Math.min(to, length) - begin));
    }
    return stretches;
  }
}
