package dev.unroll.generation.language;

import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Reads a batch of texts with the layers of a language model below its output, window by window
 * with the state carried along, so that memory does not grow with the length of the texts.
 */
final class StateReader {
  /** Most values in the output of a layer at once: 16 MB. */
  private static final int MOST_VALUES = 1 << 22;

  private static final int LONGEST_WINDOW = 256;

  private final ForwardNetwork network;
  private final List<String> top;
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
   * @param top the name of the last recurrent layer
   * @param width of its states
   */
  StateReader(ForwardNetwork network, String top, int width) {
    this.network = network;
    this.top = List.of(top);
    this.width = width;
  }

  void read(List<SpacedText> texts, Receiver receiver) {
    int longest = texts.stream().mapToInt(SpacedText::length).max().orElse(0);
    int window = Math.max(1, Math.min(LONGEST_WINDOW, MOST_VALUES / texts.size() / width));
    network.carry();
    try {
      for (int from = 0; from < longest; from += window) {
        int steps = Math.min(window, longest - from);
        Steps states = network.read(List.of(ids(texts, from, steps)), top).get(0);
        hand(texts, from, steps, states.values().floats(), receiver);
      }
    } finally {
      network.forget();
    }
  }

  /** {@code [texts, 1, steps]}. */
  private static Steps ids(List<SpacedText> texts, int from, int steps) {
    int[] lengths = new int[texts.size()];
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = Math.max(0, Math.min(steps, texts.get(row).length() - from));
    }
    return Steps.of(lengths, 1, (row, t, feature) -> texts.get(row).symbols()[from + t]);
  }

  /** Hands on the states of the words that end in this window. */
  private void hand(
      List<SpacedText> texts, int from, int steps, FloatPointer values, Receiver receiver) {
    float[] state = new float[width];
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
}
