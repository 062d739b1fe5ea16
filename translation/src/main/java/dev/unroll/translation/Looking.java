package dev.unroll.translation;

import dev.unroll.layers.StepFunction;
import dev.unroll.layers.attention.AttentionStep;
import dev.unroll.layers.attention.InputFeedingStep;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.stream.IntStream;

/** The attention of a {@link NetworkDecoder}, which knows the sentence of each row. */
interface Looking extends StepFunction {

  /** The attention of a network that has one. */
  static Looking with(ForwardNetwork network, TranslationConfig config) {
    return config.inputFeeding()
        ? new Within(
            InputFeedingStep.of(
                network.configuration(), network.parameters(), TranslationNetwork.ATTENTION))
        : new Above(
            AttentionStep.of(
                network.configuration(), network.parameters(), TranslationNetwork.ATTENTION));
  }

  /**
   * Sentences to look at come; one row of each begins.
   *
   * @param encoded {@code [sentences, hidden, S]}
   * @param state of the decoder's topmost layer, to begin with
   */
  void at(Steps encoded, Steps state);

  /** How much a row looked at each symbol of its sentence in the last step. */
  float[] alignment(int row);

  /** Comes after the decoder. */
  final class Above implements Looking {
    private final AttentionStep attention;
    private int[] sentences = {};

    private Above(AttentionStep attention) {
      this.attention = attention;
    }

    @Override
    public void at(Steps encoded, Steps state) {
      attention.begin(encoded);
    }

    @Override
    public void begin(int count) {
      sentences = IntStream.range(0, count).toArray();
    }

    @Override
    public float[] read(float[] below, int rows) {
      return attention.step(below, sentences);
    }

    @Override
    public void select(int[] parents) {
      int[] selected = new int[parents.length];
      for (int i = 0; i < parents.length; i++) {
        selected[i] = sentences[parents[i]];
      }
      sentences = selected;
    }

    @Override
    public float[] alignment(int row) {
      return attention.alignment(row);
    }
  }

  /** Is one layer with the topmost of the decoder. */
  final class Within implements Looking {
    private final InputFeedingStep decoder;

    private Within(InputFeedingStep decoder) {
      this.decoder = decoder;
    }

    @Override
    public void at(Steps encoded, Steps state) {
      decoder.begin(encoded, state);
    }

    @Override
    public float[] read(float[] below, int rows) {
      return decoder.step(below);
    }

    @Override
    public void select(int[] parents) {
      decoder.select(parents);
    }

    @Override
    public float[] alignment(int row) {
      return decoder.alignment(row);
    }
  }
}
