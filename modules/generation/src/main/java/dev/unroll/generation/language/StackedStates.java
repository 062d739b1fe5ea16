package dev.unroll.generation.language;

import java.util.ArrayList;
import java.util.List;

/**
 * The states of several models, one behind the other, in the order of the models: of a forward and
 * a reverse one, all that is to be known of a word and of what stands on either side of it.
 */
public final class StackedStates {
  private final List<CharacterStates> models;
  private final int width;

  /** Those of {@code models}, of which there may be none. */
  public StackedStates(List<CharacterStates> models) {
    this.models = List.copyOf(models);
    this.width = models.stream().mapToInt(CharacterStates::width).sum();
  }

  /** The models. */
  public List<CharacterStates> models() {
    return models;
  }

  /** The number of values for a word. */
  public int width() {
    return width;
  }

  /** The states of each sentence of a batch, computed now and held in memory. */
  public List<WordStates> of(List<List<String>> sentences) {
    List<float[]> values = new ArrayList<>(sentences.size());
    sentences.forEach(words -> values.add(new float[Math.multiplyExact(words.size(), width)]));
    read(
        sentences,
        (sentence, word, from, state) ->
            System.arraycopy(state, 0, values.get(sentence), word * width + from, state.length));
    return values.stream()
        .map(
            all ->
                (WordStates)
                    (word, to, offset) -> System.arraycopy(all, word * width, to, offset, width))
        .toList();
  }

  /**
   * The states of all sentences, computed now and kept in a temporary file, for who asks for them
   * again and again.
   *
   * @param between is called by several threads, after each state; what it throws ends the work,
   *     and is thrown here
   */
  public StoredStates store(List<List<String>> sentences, Runnable between) {
    StoredStates stored = new StoredStates(sentences, width);
    try {
      read(
          sentences,
          (sentence, word, from, state) -> {
            stored.put(sentence, word, from, state);
            between.run();
          });
      stored.finish();
      return stored;
    } catch (RuntimeException | Error e) {
      stored.close();
      throw e;
    }
  }

  /** Receives a state of one of the models. */
  private interface Receiver {
    void state(int sentence, int word, int from, float[] state);
  }

  private void read(List<List<String>> sentences, Receiver receiver) {
    int offset = 0;
    for (CharacterStates model : models) {
      int from = offset;
      model.read(sentences, (sentence, word, state) -> receiver.state(sentence, word, from, state));
      offset += model.width();
    }
  }
}
