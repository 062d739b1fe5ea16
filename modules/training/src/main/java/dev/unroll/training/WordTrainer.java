package dev.unroll.training;

import dev.unroll.data.TrainingConfig;
import dev.unroll.text.WordVectors;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer of a network that reads words, whose vectors may have been learnt elsewhere.
 *
 * @param <T> the trainer itself, which its setters return
 */
public abstract class WordTrainer<T extends WordTrainer<T>> extends Trainer<T> {
  private Optional<WordVectors> vectors = Optional.empty();

  /** A trainer that begins with random vectors; see {@link Trainer}. */
  protected WordTrainer(TrainingConfig config, Map<String, String> settings) {
    super(config, settings);
  }

  /** Begins with these vectors where a word has one. */
  public final T vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return self();
  }

  /** The vectors to begin with. */
  protected final Optional<WordVectors> vectors() {
    return vectors;
  }

  @Override
  final void fingerprint(Map<String, String> fingerprint) {
    vectors.ifPresent(v -> fingerprint.put("vectors.sha256", v.digest()));
  }
}
