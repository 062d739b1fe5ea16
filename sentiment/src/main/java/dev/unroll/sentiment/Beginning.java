package dev.unroll.sentiment;

import dev.unroll.data.UserError;
import dev.unroll.text.WordVectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was learnt elsewhere and a classifier begins with, if anything.
 *
 * @param vectors of words
 * @param languageModels of words; empty for none
 * @param classifier of other texts
 */
record Beginning(
    Optional<WordVectors> vectors,
    LanguageModels languageModels,
    Optional<PretrainedClassifier> classifier) {

  /** Refuses more than one of them. */
  Beginning {
    List<String> given =
        Map.of(
                "vectors", vectors.isPresent(),
                "language-model", !languageModels.isEmpty(),
                "begin-with", classifier.isPresent())
            .entrySet()
            .stream()
            .filter(Map.Entry::getValue)
            .map(entry -> UserError.setting(entry.getKey()))
            .sorted()
            .toList();
    if (given.size() > 1) {
      throw UserError.usage(
          "%s say what word vectors begin with; give one of them"
              .formatted(String.join(" and ", given)));
    }
  }

  /** The settings with the sizes of what there is; a classifier's settings have its own already. */
  SentimentConfig fit(SentimentConfig config) {
    return vectors
        .map(v -> config.withDimensions(v.dimensions()))
        .orElseGet(() -> languageModels.fit(config));
  }

  /** The words that have a vector. */
  List<String> words() {
    return classifier
        .map(PretrainedClassifier::words)
        .or(() -> vectors.map(WordVectors::words))
        .orElseGet(languageModels::words);
  }

  /** Has a training begin with it. */
  void giveTo(SentimentTrainer trainer) {
    vectors.ifPresent(trainer::vectors);
    classifier.ifPresent(trainer::beginWith);
    if (!languageModels.isEmpty()) {
      trainer.languageModels(languageModels);
    }
  }
}
