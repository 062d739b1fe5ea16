package dev.unroll.training.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against the layer, bit for bit. */
class OperationsPoolTest extends KernelTestBase {
  /** By the number of the kind. */
  private static final List<Summary> KINDS =
      List.of(Summary.MAX, Summary.MEAN, Summary.LAST, Summary.FIRST, Summary.MIDDLE);

  private static final int[] LENGTHS = {10, 1, 3, 7};
  private static final int STEPS = 10;
  private static final int BATCH = LENGTHS.length;

  @ParameterizedTest
  @CsvSource({
    "1, false, 0.5",
    "31, true, 0.1",
    "33, true, 0",
    "100, true, 1",
    "300, true, 0.6",
    "2, false, 0.3"
  })
  void equalsTheLayer(int features, boolean ragged, double middle) {
    float[] x = values(features);
    int outputs = KINDS.size() * features;
    float[] dOut = floats(BATCH * outputs);
    Layer layer = layer(middle);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    layer.setInput(
        Nd4j.createFromArray(x).reshape(STEPS, BATCH, features).permute(1, 2, 0), workspaces);
    layer.setMaskArray(ragged ? mask() : null);
    float[] expected = layer.activate(false, workspaces).reshape(-1).toFloatVector();
    float[] expectedBack =
        layer
            .backpropGradient(Nd4j.createFromArray(dOut).reshape(BATCH, outputs), workspaces)
            .getSecond()
            .permute(2, 0, 1)
            .dup('c')
            .reshape(-1)
            .toFloatVector();

    // The layer's output is a part of what is written to.
    int width = outputs + 3;
    float[] around = floats(BATCH * width);
    float[] dAround = around.clone();
    for (int b = 0; b < BATCH; b++) {
      System.arraycopy(dOut, b * outputs, dAround, b * width + 2, outputs);
    }
    long out = memory.inOut(around);
    long dX = memory.inOut(new float[x.length]);
    long largest = memory.out(BATCH * features);
    long lengths = ragged ? memory.in(LENGTHS) : 0;
    long in = memory.in(x);
    long outer = memory.in(dAround);
    for (int kind = 0; kind < KINDS.size(); kind++) {
      int at = 2 + kind * features;
      long only = kind == Operations.MAX ? largest : 0;
      operations.pool(in, out, width, at, lengths, STEPS, BATCH, features, kind, middle, only);
      operations.poolBack(
          outer, width, at, lengths, STEPS, BATCH, features, kind, middle, only, dX);
    }
    for (int b = 0; b < BATCH; b++) {
      System.arraycopy(expected, b * outputs, around, b * width + 2, outputs);
    }
    assertArrayEquals(around, memory.floats(out));
    assertArrayEquals(expectedBack, memory.floats(dX));
  }

  private static Layer layer(double middle) {
    SequencePooling pooling =
        new SequencePooling.Builder(KINDS.toArray(Summary[]::new)).middle(middle).build();
    NeuralNetConfiguration conf = new NeuralNetConfiguration();
    conf.setLayer(pooling);
    return pooling.instantiate(conf, null, 0, null, false, DataType.FLOAT);
  }

  private static INDArray mask() {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, BATCH, STEPS);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < LENGTHS[b]; t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  /** Many that are equal, both zeros, and what is no number. */
  private float[] values(int features) {
    float[] edges = {0, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] x = floats(STEPS * BATCH * features);
    for (int i = 0; i < x.length; i++) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        x[i] = random.nextInt(3) - 1;
      } else if (kind == 1 && i % 3 == 0) {
        x[i] = edges[random.nextInt(edges.length)];
      }
    }
    return x;
  }
}
