package dev.unroll.translation;

import dev.unroll.text.Vocabulary;
import dev.unroll.training.BatchRevision;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets the decoder read, in place of a right symbol now and then, one that it would have written:
 * when it translates, it reads nothing but its own (S. Bengio, O. Vinyals, N. Jaitly, N. Shazeer,
 * <i>Scheduled Sampling for Sequence Prediction with Recurrent Neural Networks</i>, NIPS 2015).
 *
 * <pre>
 *   first pass    &lt;BEGIN&gt; the cat  sat         all right, without dropout
 *   predicts        the   dog  slept  &lt;END&gt;   a distribution at each step, of which this was drawn
 *   second pass   &lt;BEGIN&gt; the dog  sat         mixed; the labels are as they were
 * </pre>
 *
 * <p>Each symbol but the first is replaced by itself with a probability that rises from 0 in
 * proportion to the training done. The two passes take the place of a step by step reading, as all
 * steps of a pass are one (D. Duckworth et al., <i>Parallel Scheduled Sampling</i>, 2019; T.
 * Mihaylova and A. Martins, <i>Scheduled Sampling for Transformers</i>, ACL 2019): what is drawn
 * for a step knows the right symbols before it and not those drawn for them.
 *
 * <p>A symbol is drawn from the prediction rather than the likeliest of it, which is the right one
 * or the same few frequent ones again and again: so mistakes are met as often as they are made. An
 * end or a beginning that is drawn leaves the right symbol, as no translation goes on behind one.
 */
final class ScheduledSampling implements BatchRevision {
  /** Predictions that are made at once. */
  private static final int ROWS = 256;

  private final double most;
  private final long seed;
  private final BitSet neverRead = new BitSet();

  /** Sampling as the configuration says, of the symbols of the target. */
  ScheduledSampling(TranslationConfig config, Vocabulary target) {
    this.most = config.scheduledSampling();
    this.seed = new SplittableRandom(config.training().seed()).nextLong();
    neverRead.set(target.special(Vocabulary.BEGIN));
    neverRead.set(target.special(Vocabulary.END));
  }

  /**
   * A place whose symbol is replaced.
   *
   * @param draw where between 0 and 1 the symbol lies in the distribution that is predicted for it
   */
  private record Place(int row, int step, double draw) {}

  @Override
  public MultiDataSet revise(
      MultiDataSet batch, ComputationGraph network, long step, double progress) {
    List<Place> places = choose(batch.getFeaturesMaskArray(1), most * progress, step);
    if (places.isEmpty()) {
      return batch;
    }
    INDArray read = batch.getFeatures(1).dup('c');
    float[] states = states(batch, network);
    int time = Math.toIntExact(read.size(2));
    int width = states.length / Math.toIntExact(read.length());
    for (int from = 0; from < places.size(); from += ROWS) {
      List<Place> some = places.subList(from, Math.min(places.size(), from + ROWS));
      float[] before = new float[some.size() * width];
      for (int i = 0; i < some.size(); i++) {
        int at = some.get(i).row * time + some.get(i).step - 1; // where it is predicted
        System.arraycopy(states, at * width, before, i * width, width);
      }
      float[] probabilities = predict(network, before, some.size());
      int symbols = probabilities.length / some.size();
      for (int i = 0; i < some.size(); i++) {
        int drawn = draw(probabilities, i * symbols, symbols, some.get(i).draw);
        if (!neverRead.get(drawn)) {
          read.putScalar(some.get(i).row, 0, some.get(i).step, drawn);
        }
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {batch.getFeatures(0), read},
        batch.getLabels(),
        batch.getFeaturesMaskArrays(),
        batch.getLabelsMaskArrays());
  }

  /** A function of the seed and the step, whatever was chosen before. */
  private List<Place> choose(INDArray mask, double probability, long step) {
    List<Place> places = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed + step);
    for (int row = 0; row < mask.size(0); row++) {
      for (int t = 1; t < mask.size(1); t++) {
        if (mask.getDouble(row, t) != 0 && random.nextDouble() < probability) {
          places.add(new Place(row, t, random.nextDouble()));
        }
      }
    }
    return places;
  }

  /** What the output is made from, {@code [rows, time, width]}. */
  private static float[] states(MultiDataSet batch, ComputationGraph network) {
    String top = network.getConfiguration().getVertexInputs().get(TranslationNetwork.OUTPUT).get(0);
    INDArray states =
        network.output(List.of(top), false, batch.getFeatures(), batch.getFeaturesMaskArrays())[0];
    network.clearLayerMaskArrays();
    float[] values = states.permute(0, 2, 1).dup('c').data().asFloat();
    close(states);
    return values;
  }

  /** {@code [rows, symbols]}. */
  private static float[] predict(ComputationGraph network, float[] states, int rows) {
    Layer output = network.getLayer(TranslationNetwork.OUTPUT);
    output.clear(); // of the masks of the whole batch
    INDArray x = Nd4j.create(states, new long[] {rows, states.length / rows, 1}, 'c');
    INDArray probabilities = output.activate(x, false, LayerWorkspaceMgr.noWorkspaces());
    output.clear();
    float[] values = probabilities.dup('c').data().asFloat();
    close(probabilities);
    return values;
  }

  /** Such arrays come at every step, and would wait for a collection of the heap. */
  private static void close(INDArray array) {
    if (array.closeable()) {
      array.close();
    }
  }

  private static int draw(float[] probabilities, int from, int symbols, double where) {
    double sum = 0;
    for (int i = 0; i < symbols; i++) {
      sum += probabilities[from + i];
    }
    double left = where * sum;
    int last = 0;
    for (int i = 0; i < symbols; i++) {
      if (probabilities[from + i] > 0) {
        last = i;
        left -= probabilities[from + i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }
}
