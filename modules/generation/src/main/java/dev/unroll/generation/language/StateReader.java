package dev.unroll.generation.language;

import dev.unroll.layers.memory.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a batch of texts with the layers of a language model below its output, window by window
 * with the state carried along, so that memory does not grow with the length of the texts. Without
 * masks: what follows the end of a text changes no state before it.
 */
final class StateReader {
  /** Most values in the output of a layer at once: 16 MB. */
  private static final int MOST_VALUES = 1 << 22;

  private static final int LONGEST_WINDOW = 256;

  private final ComputationGraph network;
  private final int width;

  /** Receives a state of one text. */
  interface Receiver {
    /**
     * Receives a state.
     *
     * @param from has the state at its beginning, and will be used again
     */
    void state(int text, int word, float[] from);
  }

  /**
   * @param network the embedding, recurrent layers and an output, in this order
   * @param width of the states of the last recurrent layer
   */
  StateReader(ComputationGraph network, int width) {
    this.network = network;
    this.width = width;
  }

  void read(List<SpacedText> texts, Receiver receiver) {
    int longest = texts.stream().mapToInt(SpacedText::length).max().orElse(0);
    int window = Math.max(1, Math.min(LONGEST_WINDOW, MOST_VALUES / texts.size() / width));
    network.rnnClearPreviousState();
    for (int from = 0; from < longest; from += window) {
      int steps = Math.min(window, longest - from);
      List<INDArray> made = activate(ids(texts, from, steps));
      hand(texts, from, steps, made.get(made.size() - 1), receiver);
      for (Layer layer : network.getLayers()) {
        layer.clear();
      }
      made.forEach(StateReader::free);
    }
    network.rnnClearPreviousState();
  }

  /** {@code [texts, 1, steps]}. */
  private static INDArray ids(List<SpacedText> texts, int from, int steps) {
    float[] ids = new float[texts.size() * steps];
    for (int row = 0; row < texts.size(); row++) {
      int[] symbols = texts.get(row).symbols();
      for (int t = 0; t < steps && from + t < symbols.length; t++) {
        ids[row * steps + t] = symbols[from + t];
      }
    }
    return Nd4j.create(ids, new long[] {texts.size(), 1, steps}, 'c');
  }

  /** The ids and what each layer below the output makes of what is below it. */
  private List<INDArray> activate(INDArray ids) {
    LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
    List<INDArray> made = new ArrayList<>(List.of(ids));
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length - 1; i++) {
      INDArray below = made.get(i);
      if (layers[i] instanceof RecurrentLayer recurrent) {
        made.add(recurrent.rnnTimeStep(below, memory));
      } else {
        layers[i].setInput(below, memory);
        made.add(layers[i].activate(false, memory));
      }
    }
    return made;
  }

  /** Hands on the states of the words that end in this window. */
  private void hand(
      List<SpacedText> texts, int from, int steps, INDArray states, Receiver receiver) {
    float[] state = new float[width];
    FloatPointer values = NativeMemory.floats(states); // time-major, as all our layers write
    for (int row = 0; row < texts.size(); row++) {
      int[] places = texts.get(row).places();
      for (int word = 0; word < places.length; word++) {
        int step = places[word] - from;
        if (step >= 0 && step < steps) {
          values.position(((long) step * texts.size() + row) * width).get(state);
          receiver.state(row, word, state);
        }
      }
    }
  }

  /** At once, for the collector does not see how large they are. */
  private static void free(INDArray array) {
    if (array.closeable()) {
      array.close();
    }
  }
}
