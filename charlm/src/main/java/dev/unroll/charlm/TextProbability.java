package dev.unroll.charlm;

import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.Stretch;
import dev.unroll.generation.Symbols;
import dev.unroll.layers.forward.ForwardNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** How probable a network finds what it reads. */
final class TextProbability {
  /** Most numbers in the output of one call: 64 MB. */
  private static final int MOST_OUTPUTS = 1 << 24;

  private static final int LONGEST_WINDOW = 256;

  /** Most steps of all texts of one call, and most numbers in its output. */
  private static final int MOST_STEPS = 8192;

  private static final int MOST_AT_ONCE = 1 << 25;

  /** Most parts of a text that are read side by side. */
  private static final int STREAMS = 32;

  /** Steps after which the state of a network has nothing to do with what it began with. */
  private static final int LEAD_IN = 256;

  /**
   * A text shorter than this is not worth cutting; half of it is the least part of a longer one.
   */
  private static final int SHORT = 8 * LEAD_IN;

  private TextProbability() {}

  /**
   * The logarithm of the probability of a text, the state being carried along from beginning to
   * end.
   *
   * @param counts which symbols count when they are predicted
   */
  static double carried(
      ForwardNetwork network, CharEncoder encoder, Symbols symbols, IntPredicate counts) {
    return carried(network, encoder, symbols, 1, 0, counts);
  }

  /**
   * About the same, and faster: parts of a long text are read side by side. Each but the first
   * reads what comes before it too, as far as a state remembers.
   *
   * <pre>
   *   text      a b c d e f g h i j k l m n       of which
   *   stream 1  A B C D E F                       the large ones count,
   *   stream 2          e f G H I J               the small ones are only read
   *   stream 3                  i j K L M N
   * </pre>
   *
   * <p>A text of less than {@value #SHORT} symbols is read as a whole.
   */
  static double sideBySide(
      ForwardNetwork network, CharEncoder encoder, Symbols symbols, IntPredicate counts) {
    int streams = (int) Math.max(1, Math.min(STREAMS, (symbols.size() - 1) / (SHORT / 2)));
    return carried(network, encoder, symbols, streams, streams == 1 ? 0 : LEAD_IN, counts);
  }

  private static double carried(
      ForwardNetwork network,
      CharEncoder encoder,
      Symbols symbols,
      int streams,
      int leadIn,
      IntPredicate counts) {
    int window = Math.max(1, Math.min(LONGEST_WINDOW, MOST_OUTPUTS / streams / encoder.symbols()));
    long steps = symbols.size() - 1;
    long[] ends = new long[streams + 1]; // where a stream ends, and the next begins to count
    long longest = 0;
    ends[0] = leadIn;
    for (int i = 1; i <= streams; i++) {
      ends[i] = leadIn + (steps - leadIn) * i / streams;
      longest = Math.max(longest, leadIn + ends[i] - ends[i - 1]);
    }
    double sum = 0;
    network.carry();
    try {
      for (long from = 0; from < longest; from += window) {
        List<Stretch> stretches = new ArrayList<>(streams);
        for (int i = 0; i < streams; i++) {
          long begin = Math.min(ends[i] - leadIn + from, ends[i + 1]);
          int length = (int) Math.min(window, ends[i + 1] - begin);
          stretches.add(Stretch.of(symbols.read(begin, length + 1)));
        }
        float[] probabilities = network.read(List.of(Stretch.steps(stretches))).toArray();
        for (int i = 0; i < streams; i++) {
          int skipped = i == 0 ? 0 : (int) Math.max(0, leadIn - from);
          sum +=
              logProbability(
                  probabilities, streams, i, stretches.get(i), skipped, encoder.symbols(), counts);
        }
      }
    } finally {
      network.forget();
    }
    return sum;
  }

  /** How many steps {@link #each} should be given at once, for its memory to be bounded. */
  static int stepsAtOnce(int symbols) {
    return Math.max(1, Math.min(MOST_STEPS, MOST_AT_ONCE / symbols));
  }

  /**
   * The logarithm of the probability of each of several texts, read independently. One that is
   * longer than {@link #stepsAtOnce} is read window by window.
   *
   * @param texts each of all its symbols
   */
  static double[] each(ForwardNetwork network, CharEncoder encoder, List<Stretch> texts) {
    if (texts.size() == 1 && texts.get(0).length() > stepsAtOnce(encoder.symbols())) {
      Symbols symbols = Symbols.of(texts.get(0).symbols());
      return new double[] {carried(network, encoder, symbols, symbol -> true)};
    }
    float[] probabilities = network.read(List.of(Stretch.steps(texts))).toArray();
    double[] logs = new double[texts.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] =
          logProbability(
              probabilities, logs.length, i, texts.get(i), 0, encoder.symbols(), symbol -> true);
    }
    return logs;
  }

  /**
   * The sum over the steps of a stretch.
   *
   * @param probabilities {@code [time][rows][symbols]}
   * @param skipped steps at its beginning that do not count
   */
  private static double logProbability(
      float[] probabilities,
      int rows,
      int row,
      Stretch stretch,
      int skipped,
      int symbols,
      IntPredicate counts) {
    double sum = 0;
    for (int t = skipped; t < stretch.length(); t++) {
      int target = stretch.target(t);
      if (counts.test(target)) {
        sum += NetworkSymbols.log(probabilities[(t * rows + row) * symbols + target]);
      }
    }
    return sum;
  }
}
