package dev.unroll.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What recurrent layers carry from one batch of a training to the next under truncated
 * back-propagation through time; nothing otherwise.
 */
final class CarriedState {
  private CarriedState() {}

  static void write(ComputationGraph network, DataOutput out) throws IOException {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        Map<String, INDArray> carried = new TreeMap<>(recurrent.rnnGetTBPTTState());
        out.writeInt(carried.size());
        for (var entry : carried.entrySet()) {
          out.writeUTF(entry.getKey());
          out.writeInt((int) entry.getValue().size(0));
          out.writeInt((int) entry.getValue().size(1));
          for (float value : entry.getValue().dup('c').data().asFloat()) {
            out.writeFloat(value);
          }
        }
      }
    }
  }

  static void read(ComputationGraph network, DataInput in) throws IOException {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        Map<String, INDArray> carried = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
          String name = in.readUTF();
          int rows = in.readInt();
          int columns = in.readInt();
          float[] values = new float[Math.multiplyExact(rows, columns)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
          }
          carried.put(name, Nd4j.create(values, new long[] {rows, columns}, 'c'));
        }
        recurrent.rnnSetTBPTTState(carried);
      }
    }
  }
}
