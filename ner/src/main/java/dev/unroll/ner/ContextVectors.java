package dev.unroll.ner;

import dev.unroll.generation.language.StackedStates;
import dev.unroll.generation.language.WordStates;
import dev.unroll.layers.forward.Steps;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The states of language models after the words of a batch, as an array. */
final class ContextVectors {
  private ContextVectors() {}

  /**
   * {@code [batch, width, time]}, zeros behind the end of a sentence. Where a sentence does not
   * bring its states, they are computed, for all such sentences together.
   */
  static INDArray of(List<EncodedSentence> sentences, int time, StackedStates models) {
    int width = models.width();
    float[] values = values(sentences, time, models);
    // Step after step, as our layers read it.
    return Nd4j.create(values, new long[] {time, sentences.size(), width}, 'c').permute(1, 2, 0);
  }

  /** The same for a forward pass alone. */
  static Steps steps(List<EncodedSentence> sentences, StackedStates models) {
    int batch = sentences.size();
    int width = models.width();
    int[] lengths = sentences.stream().mapToInt(EncodedSentence::length).toArray();
    int time = Math.max(1, Arrays.stream(lengths).max().orElse(1));
    float[] values = values(sentences, time, models);
    return Steps.of(
        lengths, width, (b, step, feature) -> values[(step * batch + b) * width + feature]);
  }

  /** Element {@code (step * batch + sentence) * width + feature}. */
  private static float[] values(List<EncodedSentence> sentences, int time, StackedStates models) {
    int batch = sentences.size();
    int width = models.width();
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(time, batch), width)];
    List<EncodedSentence> missing = sentences.stream().filter(s -> s.states() == null).toList();
    List<WordStates> computed = models.of(missing.stream().map(EncodedSentence::written).toList());
    int next = 0;
    for (int b = 0; b < batch; b++) {
      EncodedSentence sentence = sentences.get(b);
      WordStates states = sentence.states() == null ? computed.get(next++) : sentence.states();
      for (int t = 0; t < sentence.length(); t++) {
        states.copy(t, values, (t * batch + b) * width);
      }
    }
    return values;
  }
}
