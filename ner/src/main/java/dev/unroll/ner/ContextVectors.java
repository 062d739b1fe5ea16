package dev.unroll.ner;

import dev.unroll.generation.language.StackedStates;
import dev.unroll.generation.language.WordStates;
import dev.unroll.training.SequenceBatch;
import java.util.ArrayList;
import java.util.List;

/** The states of language models after the words of a batch. */
final class ContextVectors {
  private ContextVectors() {}

  /**
   * {@code [batch, width, time]}. Where a sentence does not bring its states, they are computed,
   * for all such sentences together.
   */
  static SequenceBatch of(List<EncodedSentence> sentences, StackedStates models) {
    List<EncodedSentence> missing = sentences.stream().filter(s -> s.states() == null).toList();
    List<WordStates> computed = models.of(missing.stream().map(EncodedSentence::written).toList());
    List<float[][]> all = new ArrayList<>();
    int next = 0;
    for (EncodedSentence sentence : sentences) {
      WordStates states = sentence.states() == null ? computed.get(next++) : sentence.states();
      float[][] ofWords = new float[sentence.length()][models.width()];
      for (int t = 0; t < ofWords.length; t++) {
        states.copy(t, ofWords[t], 0);
      }
      all.add(ofWords);
    }
    return SequenceBatch.vectors(models.width(), all);
  }
}
