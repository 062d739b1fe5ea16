package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import dev.unroll.generation.Stretch;
import dev.unroll.generation.Symbols;
import dev.unroll.training.DynamicEvaluation;
import dev.unroll.training.DynamicRates;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** How probable a text is to a network that learns from it as it reads on. */
final class DynamicProbability {
  private final CharLmConfig config;
  private final CharEncoder encoder;
  private final int segment;
  private final DynamicRates rates;

  /**
   * A way to read.
   *
   * @param segment symbols after which the network learns from them
   */
  DynamicProbability(CharLmConfig config, CharEncoder encoder, int segment, DynamicRates rates) {
    NetworkConfig.atLeast("segment", segment, 1);
    Map<String, String> certain =
        Map.of("dropout", "0", "embedding-dropout", "0", "window", String.valueOf(segment));
    this.config = Settings.with(config, certain);
    this.encoder = encoder;
    this.segment = segment;
    this.rates = rates;
  }

  /**
   * The logarithm of the probability of a text, each symbol being predicted before it is learnt
   * from.
   *
   * @param parameters to begin with; they stay as they are
   * @param counts which symbols count when they are predicted
   * @throws UserError if it learnt so fast that it predicts nothing any more
   */
  double logProbability(INDArray parameters, Symbols symbols, IntPredicate counts) {
    ComputationGraph network = CharLmNetwork.build(config, encoder.symbols());
    network.setParams(parameters);
    DynamicEvaluation evaluation = new DynamicEvaluation(network, rates);
    double sum = 0;
    for (long from = 0; from < symbols.size() - 1; from += segment) {
      int length = (int) Math.min(segment, symbols.size() - 1 - from);
      Stretch stretch = Stretch.of(symbols.read(from, length + 1));
      MultiDataSet batch = encoder.encode(List.of(stretch));
      batch.setLabelsMaskArray(0, counted(stretch, counts));
      sum -= evaluation.scoreThenLearn(batch);
      if (!Double.isFinite(sum)) {
        throw UserError.usage(
            "the model diverged as it learnt, at symbol %,d; take a %s below %s"
                .formatted(from, setting("rate"), rates.rate()));
      }
    }
    return sum;
  }

  /** What does not count in the score is not learnt from either. */
  private static INDArray counted(Stretch stretch, IntPredicate counts) {
    float[] mask = new float[stretch.length()];
    for (int t = 0; t < mask.length; t++) {
      mask[t] = counts.test(stretch.target(t)) ? 1 : 0;
    }
    return Nd4j.createFromArray(mask).reshape(1, mask.length);
  }
}
