package dev.unroll.translation;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.text.ReversibleWords;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.text.subwords.BytePairs;
import dev.unroll.training.NetworkFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How text of a language becomes numbers, and numbers text.
 *
 * <pre>
 *   Hello, world!   →   Hello ￭, world ￭!   →   Hel@@ lo ￭, world ￭!   →   17 52 4 31 9 2
 *                  words                   pieces                   numbers, the end last
 * </pre>
 */
final class Language {
  private static final List<String> SPECIALS = List.of(Vocabulary.BEGIN, Vocabulary.END);

  private final Vocabulary vocabulary;
  private final Optional<BytePairs> merges;
  private final Optional<BytePairs> pieces;
  private final ReversibleWords words = new ReversibleWords();

  private Language(Vocabulary vocabulary, Optional<BytePairs> merges) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    // A piece that training met only as a part of longer ones would be unknown: undo its merge.
    this.pieces = merges.map(all -> all.restrictedTo(vocabulary.words()));
  }

  /** Learns a language, or several that share their symbols, from texts. */
  static Language learn(List<String> texts, TranslationConfig config) {
    ReversibleWords words = new ReversibleWords();
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      for (String word : words.split(text)) {
        if (isWhole(word)) {
          counts.merge(word, 1L, Long::sum);
        }
      }
    }
    int minCount = config.minCount();
    if (config.words() == TranslationConfig.Words.WHOLE) {
      return new Language(count(counts, Optional.empty(), minCount), Optional.empty());
    }
    BytePairs merges = BytePairs.learn(counts, config.merges(), 2);
    Vocabulary frequent = count(counts, Optional.of(merges), minCount);
    // Rare pieces fall apart into smaller ones, which occur more often for it.
    BytePairs pieces = merges.restrictedTo(frequent.words());
    return new Language(count(counts, Optional.of(pieces), minCount), Optional.of(merges));
  }

  /** Whether a word is without halves of characters, of which no text should be made. */
  private static boolean isWhole(String word) {
    return word.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static Vocabulary count(
      Map<String, Long> words, Optional<BytePairs> pairs, int minCount) {
    Map<String, Long> counts = new HashMap<>();
    words.forEach(
        (word, count) -> cut(word, pairs).forEach(piece -> counts.merge(piece, count, Long::sum)));
    WordCounter counter = new WordCounter();
    counts.forEach(counter::add);
    return counter.build(minCount, Integer.MAX_VALUE, SPECIALS);
  }

  private static List<String> cut(String word, Optional<BytePairs> pairs) {
    return pairs.map(p -> p.apply(word)).orElse(List.of(word));
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The pieces of a text, also those that have no number. */
  List<String> pieces(String text) {
    List<String> all = new ArrayList<>();
    for (String word : words.split(text)) {
      all.addAll(cut(word, pieces));
    }
    return all;
  }

  /** The numbers of the pieces of a text, and behind them that of the end. */
  int[] numbers(String text) {
    List<String> all = pieces(text);
    int[] numbers = new int[all.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      numbers[i] = vocabulary.id(all.get(i));
    }
    numbers[all.size()] = vocabulary.special(Vocabulary.END);
    return numbers;
  }

  /** The pieces of those numbers, special symbols among them. */
  List<String> pieces(int[] numbers) {
    List<String> all = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      all.add(vocabulary.word(number));
    }
    return all;
  }

  /** The text of those numbers, special symbols left out. */
  String text(int[] numbers) {
    List<String> all = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      if (!vocabulary.isSpecial(number)) {
        all.add(vocabulary.word(number));
      }
    }
    return ReversibleWords.join(merges.isPresent() ? BytePairs.join(all) : all);
  }

  void write(ModelFileWriter file, String name) {
    file.text(vocabularyEntry(name), vocabulary::write);
    merges.ifPresent(pairs -> file.text(mergesEntry(name), pairs::write));
  }

  static Language read(NetworkFile file, String name, TranslationConfig config) {
    Vocabulary vocabulary = Vocabulary.read(file.entries().lines(vocabularyEntry(name)));
    for (String symbol : SPECIALS) {
      if (!vocabulary.words().contains(symbol) || vocabulary.contains(symbol)) {
        throw file.entries()
            .damaged("'%s' lacks the symbol %s".formatted(vocabularyEntry(name), symbol));
      }
    }
    boolean subwords = config.words() == TranslationConfig.Words.SUBWORDS;
    return new Language(
        vocabulary,
        subwords
            ? Optional.of(BytePairs.read(file.entries().lines(mergesEntry(name))))
            : Optional.empty());
  }

  private static String vocabularyEntry(String name) {
    return name + "-vocabulary.txt";
  }

  private static String mergesEntry(String name) {
    return name + "-merges.txt";
  }

  /** In lower case, whatever the language of the machine. */
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
