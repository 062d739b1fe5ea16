package dev.unroll.layers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unroll.layers.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every kernel against what PyTorch computed; {@code golden/make.py} wrote the files. */
class GoldenTest {
  private static final double TOLERANCE = 1e-5;

  /** Which of PyTorch's blocks each of ours is. */
  private static final Map<String, int[]> BLOCKS =
      Map.of("lstm", new int[] {2, 1, 3, 0}, "gru", new int[] {0, 1, 2}, "rnn", new int[] {0});

  @AfterEach
  void fastestAgain() {
    Kernels.use(null);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, lstm",
    "lstm-bidirectional, lstm",
    "gru, gru",
    "gru-bidirectional, gru",
    "rnn, rnn",
    "rnn-bidirectional, rnn"
  })
  void agreesWithPyTorch(String file, String cell) throws IOException {
    Map<String, INDArray> golden = read(file);
    boolean bidirectional = file.contains("-");
    for (String kernel : Kernels.available()) {
      Kernels.use(kernel);
      INDArray x = golden.get("x").permute(1, 2, 0);
      RecurrentLayer layer =
          layer(
              KernelAgreementTest.layer(
                  cell.equals("gru") ? "gru reset after" : cell, bidirectional ? 1 : 0, 6),
              x.size(1));
      fill(layer.paramTable(), golden, "", cell);

      INDArray y = layer.activate(x, true, LayerWorkspaceMgr.noWorkspaces());
      INDArray dX =
          layer
              .backpropGradient(golden.get("e").permute(1, 2, 0), LayerWorkspaceMgr.noWorkspaces())
              .getSecond();

      Networks.assertEquals(
          y, golden.get("y").permute(1, 2, 0), Networks.tolerance(kernel), kernel + " y");
      Networks.assertEquals(
          dX, golden.get("d_x").permute(1, 2, 0), Networks.tolerance(kernel), kernel + " dX");
      RecurrentLayer expected = layer(layer.layerConf(), x.size(1));
      fill(expected.paramTable(), golden, "d_", cell);
      Networks.assertEquals(
          layer.getGradientsViewArray(),
          expected.params(),
          Networks.tolerance(kernel),
          kernel + " gradients");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lstm-states, lstm",
    "lstm-bidirectional-states, lstm",
    "gru-states, gru",
    "gru-bidirectional-states, gru",
    "rnn-states, rnn",
    "rnn-bidirectional-states, rnn"
  })
  void agreesWithPyTorchFromGivenStatesToTheLast(String file, String cell) throws IOException {
    Map<String, INDArray> golden = read(file);
    INDArray x = golden.get("x").permute(1, 2, 0);
    INDArray mask = mask(golden.get("lengths"), x.size(2));
    for (String kernel : Kernels.available()) {
      Kernels.use(kernel);
      RecurrentLayer layer =
          layer(
              KernelAgreementTest.layer(
                  cell.equals("gru") ? "gru reset after" : cell,
                  file.contains("bidirectional") ? 1 : 0,
                  6),
              x.size(1));
      fill(layer.paramTable(), golden, "", cell);
      layer.setMaskArray(mask);
      layer.setInitialState(states(golden, "h0", "c0"));
      layer.keepLastState();

      INDArray y = layer.activate(x, true, LayerWorkspaceMgr.noWorkspaces());
      INDArray last = layer.lastState().dup();
      layer.addLastStateGradient(states(golden, "e_hn", "e_cn"));
      INDArray dX =
          layer
              .backpropGradient(golden.get("e").permute(1, 2, 0), LayerWorkspaceMgr.noWorkspaces())
              .getSecond();

      Networks.assertEquals(
          y, golden.get("y").permute(1, 2, 0), Networks.tolerance(kernel), kernel + " y");
      Networks.assertEquals(
          last, states(golden, "hn", "cn"), Networks.tolerance(kernel), kernel + " last");
      Networks.assertEquals(
          dX, golden.get("d_x").permute(1, 2, 0), Networks.tolerance(kernel), kernel + " dX");
      Networks.assertEquals(
          layer.initialStateGradient(),
          states(golden, "d_h0", "d_c0"),
          TOLERANCE,
          kernel + " initial");
      RecurrentLayer expected = layer(layer.layerConf(), x.size(1));
      fill(expected.paramTable(), golden, "d_", cell);
      Networks.assertEquals(
          layer.getGradientsViewArray(),
          expected.params(),
          Networks.tolerance(kernel),
          kernel + " gradients");
    }
  }

  private static INDArray mask(INDArray lengths, long time) {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length(), time);
    for (int b = 0; b < lengths.length(); b++) {
      for (int t = 0; t < lengths.getInt(b); t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  /** PyTorch's {@code [directions, batch, hidden]} side by side, memories behind hidden states. */
  private static INDArray states(Map<String, INDArray> golden, String hidden, String memory) {
    List<INDArray> columns = new ArrayList<>();
    for (String name : List.of(hidden, memory)) {
      for (int d = 0; golden.containsKey(name) && d < golden.get(name).size(0); d++) {
        columns.add(golden.get(name).slice(d));
      }
    }
    return Nd4j.concat(1, columns.toArray(new INDArray[0]));
  }

  private static RecurrentLayer layer(Recurrent configuration, long inputs) {
    configuration.setNIn(inputs);
    configuration.setWeightInitFn(new org.deeplearning4j.nn.weights.WeightInitXavier());
    NeuralNetConfiguration network = new NeuralNetConfiguration();
    network.setLayer(configuration);
    long count = configuration.initializer().numParams(configuration);
    INDArray flat = Nd4j.create(DataType.FLOAT, 1, count);
    RecurrentLayer layer =
        (RecurrentLayer)
            configuration.instantiate(network, List.of(), 0, flat, true, DataType.FLOAT);
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, count));
    return layer;
  }

  /** Copies PyTorch's parameters, or their derivatives, to where ours have them. */
  private static void fill(
      Map<String, INDArray> ours, Map<String, INDArray> golden, String prefix, String cell) {
    for (String direction : ours.containsKey("fW") ? List.of("f", "b") : List.of("")) {
      String suffix = "_l0" + (direction.equals("b") ? "_reverse" : "");
      copy(golden.get(prefix + "weight_ih" + suffix), ours.get(direction + "W"), cell);
      copy(golden.get(prefix + "weight_hh" + suffix), ours.get(direction + "RW"), cell);
      INDArray input = golden.get(prefix + "bias_ih" + suffix);
      INDArray recurrent = golden.get(prefix + "bias_hh" + suffix);
      INDArray bias = ours.get(direction + "b");
      // PyTorch adds two biases, which have the same derivative, where one is enough.
      INDArray both = prefix.isEmpty() ? input.add(recurrent) : input;
      int hidden = (int) (input.length() / BLOCKS.get(cell).length);
      copy(both.reshape(both.length(), 1), bias.reshape(1, bias.length()), cell);
      if (cell.equals("gru")) {
        bias.get(NDArrayIndex.interval(2 * hidden, 3 * hidden))
            .assign(input.get(NDArrayIndex.interval(2 * hidden, 3 * hidden)));
        bias.get(NDArrayIndex.interval(3 * hidden, 4 * hidden))
            .assign(recurrent.get(NDArrayIndex.interval(2 * hidden, 3 * hidden)));
      }
    }
  }

  private static void copy(INDArray rows, INDArray columns, String cell) {
    int[] blocks = BLOCKS.get(cell);
    int hidden = (int) rows.size(0) / blocks.length;
    for (int block = 0; block < blocks.length; block++) {
      int from = blocks[block] * hidden;
      columns
          .get(NDArrayIndex.all(), NDArrayIndex.interval(block * hidden, (block + 1) * hidden))
          .assign(
              rows.get(NDArrayIndex.interval(from, from + hidden), NDArrayIndex.all()).transpose());
    }
  }

  private static Map<String, INDArray> read(String name) throws IOException {
    Map<String, INDArray> arrays = new HashMap<>();
    try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + name + ".txt")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] parts = line.split(": ");
        long[] shape = Arrays.stream(parts[1].split(" ")).mapToLong(Long::parseLong).toArray();
        double[] values =
            Arrays.stream(parts[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
        arrays.put(
            parts[0], Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', shape));
      }
    }
    return arrays;
  }
}
