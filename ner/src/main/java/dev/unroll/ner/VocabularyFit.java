package dev.unroll.ner;

import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.text.WordVectors;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The words and characters that a tagger will know: those of its training data, and the words that
 * have a vector already, in a file or in a tagger that it begins with.
 *
 * @param words by falling count in the training data, and then those that it lacks: first those of
 *     the earlier tagger, then those of the file
 * @param characters of the training data; of the earlier tagger alone if there is one
 */
record VocabularyFit(Vocabulary words, Vocabulary characters) {
  /** Rarer characters are unknown, so that the unknown character is met in training. */
  private static final int MIN_CHARACTER_COUNT = 3;

  private static final int MAX_CHARACTERS = 10_000;

  static VocabularyFit of(
      List<TaggedSentence> train,
      NerConfig config,
      Optional<WordVectors> vectors,
      Optional<Beginning> begins) {
    Predicate<String> hasVector =
        word ->
            vectors.map(v -> v.index(word) >= 0).orElse(false)
                || begins.map(b -> b.vocabulary().contains(word)).orElse(false);
    WordCounter words = new WordCounter();
    WordCounter characters = new WordCounter();
    for (TaggedSentence sentence : train) {
      for (String word : sentence.words()) {
        boolean asWritten = !config.lowercase() || hasVector.test(word);
        words.add(asWritten ? word : WordLookup.lowercase(word));
        characters.addAll(List.of(Spelling.characters(word)));
      }
    }
    Vocabulary known = words.build(config.minCount(), config.maxVocabulary());
    if (begins.isPresent()) {
      known = known.with(begins.get().vocabulary().words(), config.maxVocabulary());
    }
    if (vectors.isPresent()) {
      known = known.with(vectors.get().words(), config.maxVocabulary());
    }
    return new VocabularyFit(
        known,
        begins
            .map(Beginning::alphabet)
            .orElseGet(() -> characters.build(MIN_CHARACTER_COUNT, MAX_CHARACTERS)));
  }
}
