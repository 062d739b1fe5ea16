package dev.unroll.charlm;

import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.Streams;
import dev.unroll.generation.Stretch;
import java.util.List;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** How probable a network finds what it reads. */
final class TextProbability {
  /** Most numbers in the output of one call: 64 MB. */
  private static final int MOST_OUTPUTS = 1 << 24;

  private static final int LONGEST_WINDOW = 256;

  /** Longer texts are read window by window, so that memory does not grow with them. */
  private static final int LONGEST_AT_ONCE = 8192;

  private TextProbability() {}

  /**
   * The logarithm of the probability of a text, the state being carried along from beginning to
   * end.
   *
   * @param streams 1 for the text as it stands; more read that many parts of it side by side, which
   *     is faster, and each but the first then begins without knowing what came before
   * @param counts which symbols count when they are predicted
   */
  static double carried(
      ComputationGraph network,
      CharEncoder encoder,
      int[] symbols,
      int streams,
      IntPredicate counts) {
    int window = Math.max(1, Math.min(LONGEST_WINDOW, MOST_OUTPUTS / streams / encoder.symbols()));
    Streams text = new Streams(symbols, streams, window);
    double sum = 0;
    network.rnnClearPreviousState();
    for (int i = 0; i < text.windows(window); i++) {
      List<Stretch> stretches = text.window(i, window);
      // No masks: only the last window has steps that are missing, and none of these is counted.
      INDArray output = network.rnnTimeStep(encoder.encode(stretches).getFeatures(0))[0];
      for (double logProbability : logProbabilities(output, stretches, counts)) {
        sum += logProbability;
      }
    }
    network.rnnClearPreviousState();
    return sum;
  }

  /**
   * The logarithm of the probability of each of several texts, read independently.
   *
   * @param texts each of all its symbols
   */
  static double[] each(ComputationGraph network, CharEncoder encoder, List<Stretch> texts) {
    if (texts.size() == 1 && texts.get(0).length() > LONGEST_AT_ONCE) {
      return new double[] {carried(network, encoder, texts.get(0).symbols(), 1, symbol -> true)};
    }
    MultiDataSet batch = encoder.encode(texts);
    INDArray output =
        network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null)[0];
    return logProbabilities(output, texts, symbol -> true);
  }

  /**
   * The sum over the steps of each stretch.
   *
   * @param output {@code [stretches, symbols, time]}
   */
  private static double[] logProbabilities(
      INDArray output, List<Stretch> stretches, IntPredicate counts) {
    float[] probabilities = timeMajor(output);
    int symbols = (int) output.size(1);
    double[] sums = new double[stretches.size()];
    for (int i = 0; i < sums.length; i++) {
      Stretch stretch = stretches.get(i);
      for (int t = 0; t < stretch.length(); t++) {
        int target = stretch.target(t);
        if (counts.test(target)) {
          sums[i] += NetworkSymbols.log(probabilities[(t * sums.length + i) * symbols + target]);
        }
      }
    }
    return sums;
  }

  /** The numbers of {@code [batch, symbols, time]} in the order time, batch, symbols. */
  static float[] timeMajor(INDArray output) {
    return output.permute(2, 0, 1).dup('c').data().asFloat();
  }
}
