package dev.unroll.charlm;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A trained network that reads symbol by symbol; the state of its layers is what it remembers. */
final class NetworkSymbols implements NextSymbol {
  private final ComputationGraph network;
  private final int symbols;

  NetworkSymbols(ComputationGraph network, int symbols) {
    this.network = network;
    this.symbols = symbols;
  }

  @Override
  public int symbols() {
    return symbols;
  }

  @Override
  public void begin(int texts) {
    network.rnnClearPreviousState();
  }

  @Override
  public float[][] read(int[] next) {
    INDArray ids = Nd4j.createUninitialized(DataType.FLOAT, next.length, 1, 1);
    for (int i = 0; i < next.length; i++) {
      ids.putScalar(i, next[i]);
    }
    float[] probabilities = TextProbability.timeMajor(network.rnnTimeStep(ids)[0]);
    float[][] logs = new float[next.length][symbols];
    for (int i = 0; i < next.length; i++) {
      for (int symbol = 0; symbol < symbols; symbol++) {
        logs[i][symbol] = (float) TextProbability.log(probabilities[i * symbols + symbol]);
      }
    }
    return logs;
  }

  @Override
  public void branch(int[] parents) {
    Map<String, Map<String, INDArray>> branched = new HashMap<>();
    network
        .rnnGetPreviousStates()
        .forEach(
            (layer, states) -> {
              Map<String, INDArray> rows = new HashMap<>();
              states.forEach((name, state) -> rows.put(name, state.getRows(parents)));
              branched.put(layer, rows);
            });
    network.rnnSetPreviousStates(branched);
  }
}
