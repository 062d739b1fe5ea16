package dev.unroll.charlm;

import dev.unroll.data.Settings;
import dev.unroll.generation.Stretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Goes back from each prediction to the vectors of the symbols before it. Every row of a batch
 * reads the whole text, and is asked for one prediction alone:
 *
 * <pre>
 *             a b c d
 *   row 1     1 . . .      the mask of the labels; the gradient of row t with respect to its
 *   row 2     . 1 . .      inputs is that of prediction t
 *   row 3     . . 1 .
 * </pre>
 */
final class Explainer {
  private static final int ROWS = 64;

  private final CharEncoder encoder;
  private final ComputationGraph network;

  /**
   * @param trained whose parameters are taken, and which stays as it is
   */
  Explainer(CharLmConfig config, CharEncoder encoder, ComputationGraph trained) {
    this.encoder = encoder;
    // Going back means training, to the layers, and an explanation must not depend on dropout.
    CharLmConfig still = Settings.with(config, Map.of("dropout", "0", "embedding-dropout", "0"));
    this.network = CharLmNetwork.build(still, encoder.symbols());
    network.setParams(trained.params());
    network.initGradientsView();
  }

  Explanation explain(String text) {
    int[] symbols = encoder.prime(text);
    int steps = symbols.length - 1;
    float[][] influence = new float[steps][];
    double[] logs = new double[steps];
    for (int from = 0; from < steps; from += ROWS) {
      explain(symbols, from, Math.min(steps, from + ROWS), influence, logs);
    }
    List<String> read = new ArrayList<>();
    List<String> predicted = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      int before = t == 0 ? encoder.endSymbol() : symbols[t - 1];
      read.add(encoder.spell(before, symbols[t]));
      predicted.add(encoder.spell(symbols[t], symbols[t + 1]));
    }
    return new Explanation("model", read, predicted, logs, influence);
  }

  private void explain(int[] symbols, int from, int to, float[][] influence, double[] logs) {
    int rows = to - from;
    int steps = symbols.length - 1;
    List<Stretch> same = Collections.nCopies(rows, Stretch.of(symbols));
    var batch = encoder.encode(same);
    INDArray mask = Nd4j.zeros(DataType.FLOAT, rows, steps);
    for (int row = 0; row < rows; row++) {
      mask.putScalar(row, from + row, 1);
    }
    INDArray gradient = gradient(batch.getFeatures(0), batch.getLabels(0), mask, from, logs);
    // [rows, dimensions, steps] to norms over the dimensions
    INDArray norms = gradient.norm2(1);
    for (int row = 0; row < rows; row++) {
      influence[from + row] = norms.getRow(row).toFloatVector();
    }
  }

  /** The gradient of the loss with respect to what the first recurrent layer reads. */
  private INDArray gradient(INDArray ids, INDArray labels, INDArray mask, int from, double[] logs) {
    LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
    Layer[] layers = network.getLayers();
    INDArray activation = ids;
    for (int i = 0; i < layers.length - 1; i++) {
      layers[i].clear();
      layers[i].setInput(activation, memory);
      activation = layers[i].activate(true, memory);
    }
    Layer output = layers[layers.length - 1];
    output.setInput(activation, memory);
    output.setMaskArray(mask);
    ((IOutputLayer) output).setLabels(labels);
    // The loss of a row is that of its one prediction; all probabilities of all steps are too many.
    INDArray losses = ((IOutputLayer) output).computeScoreForExamples(0, memory);
    for (int row = 0; row < ids.size(0); row++) {
      logs[from + row] = -losses.getDouble(row);
    }
    INDArray gradient = output.backpropGradient(null, memory).getSecond();
    for (int i = layers.length - 2; i > 0; i--) {
      gradient = layers[i].backpropGradient(gradient, memory).getSecond();
    }
    return gradient;
  }
}
