package dev.unroll.layers.attention;

import dev.unroll.layers.Networks;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Input feeding against what PyTorch computed. */
class InputFeedingGoldenTest {

  /** Which of PyTorch's blocks each of ours is. */
  private static final Map<Cell, int[]> BLOCKS =
      Map.of(Cell.LSTM, new int[] {2, 1, 3, 0}, Cell.GRU_RESET_AFTER, new int[] {0, 1, 2});

  @ParameterizedTest
  @CsvSource({
    "feeding-lstm, LSTM, DOUBLE",
    "feeding-gru, GRU_RESET_AFTER, DOUBLE",
    "feeding-lstm, LSTM, FLOAT",
    "feeding-gru, GRU_RESET_AFTER, FLOAT"
  })
  void agreesWithPyTorch(String file, Cell cell, DataType type) throws IOException {
    Map<String, INDArray> golden = Golden.read("attention/" + file);
    INDArray x = sequences(golden.get("x"), type);
    INDArray source = sequences(golden.get("source"), type);
    INDArray y = sequences(golden.get("y"), type);
    int units = (int) golden.get("h0").size(1);
    int outputs = (int) y.size(1);
    FeedingShape shape =
        new FeedingShape(
            (int) x.size(1),
            new CellShape(cell, (int) x.size(1) + outputs, units),
            new AttentionShape(Score.GENERAL, units, (int) source.size(1), 0, outputs));
    Map<String, INDArray> parameters = parameters(golden, "", cell, type);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    parameters.forEach((name, value) -> gradients.put(name, value.dup('f').assign(Double.NaN)));

    FeedingPass pass = new FeedingPass(shape, type);
    pass.attention.source(source, Golden.mask(golden.get("source_lengths"), source.size(2)));
    pass.begin(state(golden, "", type));
    INDArray out = sequences(golden.get("y"), type);
    INDArray dX = sequences(golden.get("x"), type);
    INDArray dSource = sequences(golden.get("source"), type);
    INDArray mask = Golden.mask(golden.get("state_lengths"), x.size(2));
    ValidSteps steps = new ValidSteps(mask, x.size(0), x.size(2));
    pass.forward(steps, x, parameters::get, out.assign(Double.NaN), true);
    pass.backward(sequences(golden.get("e"), type), gradients::get, dX.assign(Double.NaN));
    pass.attention.sourceGradient(dSource.assign(Double.NaN));
    INDArray dState = state(golden, "", type).assign(Double.NaN);
    pass.initialStateGradient(dState);

    double tolerance = type == DataType.DOUBLE ? 1e-10 : 2e-5;
    Networks.assertEquals(out, y, tolerance, "output");
    Networks.assertEquals(dX, sequences(golden.get("d_x"), type), tolerance, "dX");
    Networks.assertEquals(dSource, sequences(golden.get("d_source"), type), tolerance, "dSource");
    Networks.assertEquals(dState, state(golden, "d_", type), tolerance, "dState");
    parameters(golden, "d_", cell, type)
        .forEach(
            (name, expected) ->
                Networks.assertEquals(gradients.get(name), expected, tolerance, "d" + name));
  }

  private static INDArray sequences(INDArray timeBatchFeatures, DataType type) {
    INDArray array = timeBatchFeatures.permute(1, 2, 0);
    return TimeMajor.createDetached(type, array.size(0), array.size(1), array.size(2))
        .assign(array);
  }

  private static INDArray state(Map<String, INDArray> golden, String prefix, DataType type) {
    INDArray h = golden.get(prefix + "h0");
    INDArray c = golden.get(prefix + "c0");
    return (c == null ? h : Nd4j.concat(1, h, c)).castTo(type).dup('c');
  }

  private static Map<String, INDArray> parameters(
      Map<String, INDArray> golden, String prefix, Cell cell, DataType type) {
    Map<String, INDArray> ours = new LinkedHashMap<>();
    ours.put("W", blocks(golden.get(prefix + "weight_ih"), cell));
    ours.put("RW", blocks(golden.get(prefix + "weight_hh"), cell));
    INDArray input = column(golden.get(prefix + "bias_ih"));
    INDArray recurrent = column(golden.get(prefix + "bias_hh"));
    // PyTorch adds two biases, which have the same derivative, where one is enough.
    INDArray both = blocks(prefix.isEmpty() ? input.add(recurrent) : input, cell);
    if (cell == Cell.GRU_RESET_AFTER) {
      long units = golden.get(prefix + "weight_hh").size(1);
      var candidate = NDArrayIndex.interval(2 * units, 3 * units);
      both.get(NDArrayIndex.all(), candidate)
          .assign(input.get(candidate, NDArrayIndex.all()).transpose());
      both = Nd4j.concat(1, both, recurrent.get(candidate, NDArrayIndex.all()).transpose().dup());
    }
    ours.put("b", both.reshape(both.length()));
    ours.put("Wk", golden.get(prefix + "Wk").transpose());
    ours.put("Wc", golden.get(prefix + "Wc").transpose());
    ours.replaceAll((name, array) -> array.castTo(type).dup('f'));
    return ours;
  }

  private static INDArray column(INDArray vector) {
    return vector.reshape(vector.length(), 1);
  }

  /** PyTorch's rows as columns, in our order of blocks. */
  private static INDArray blocks(INDArray rows, Cell cell) {
    int[] blocks = BLOCKS.get(cell);
    long units = rows.size(0) / blocks.length;
    INDArray[] columns = new INDArray[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      var interval = NDArrayIndex.interval(blocks[i] * units, (blocks[i] + 1) * units);
      columns[i] = rows.get(interval, NDArrayIndex.all()).transpose().dup();
    }
    return Nd4j.concat(1, columns);
  }
}
