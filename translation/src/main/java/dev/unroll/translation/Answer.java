package dev.unroll.translation;

import dev.unroll.text.ReversibleWords;
import dev.unroll.text.Vocabulary;
import dev.unroll.translation.TranslationSearch.Found;
import dev.unroll.translation.Translator.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes of what was found in the pieces of a text an answer about the text. Translations of pieces
 * are joined with spaces, and their logarithms added; the best alternative of the text consists of
 * the best ones of its pieces, the second of the second ones, and so on.
 */
final class Answer {
  private final TranslationConfig config;
  private final PairEncoder encoder;
  private final SearchConfig search;

  Answer(TranslationConfig config, PairEncoder encoder, SearchConfig search) {
    this.config = config;
    this.encoder = encoder;
    this.search = search;
  }

  /** A text without pieces has one translation, which is empty. */
  Translated of(String text, List<Piece> pieces) {
    int count = pieces.stream().mapToInt(piece -> piece.found().size()).max().orElse(1);
    List<Translated.Alternative> alternatives = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> texts = new ArrayList<>();
      double logProbability = 0;
      double score = 0;
      for (Piece piece : pieces) {
        Found found = piece.found().get(Math.min(i, piece.found().size() - 1));
        texts.add(text(piece, found));
        logProbability += found.hypothesis().logProbability();
        score += found.score();
      }
      texts.removeIf(String::isEmpty);
      alternatives.add(new Translated.Alternative(String.join(" ", texts), logProbability, score));
    }
    Translated.Alternative best = alternatives.get(0);
    boolean aligns = search.alignments() && config.attention() != TranslationConfig.Attention.NONE;
    return new Translated(
        text,
        best.translation(),
        best.logProbability(),
        alternatives,
        aligns ? Optional.of(alignment(pieces)) : Optional.empty());
  }

  private String text(Piece piece, Found found) {
    int[] symbols = found.hypothesis().symbols();
    boolean unknown = Arrays.stream(symbols).anyMatch(s -> s == Vocabulary.UNKNOWN_ID);
    return unknown ? copied(piece, found) : encoder.text(symbols);
  }

  /** The text with each unknown word replaced by that word at which was looked most. */
  private String copied(Piece piece, Found found) {
    List<String> source = encoder.sourceTokens(piece.text());
    int words = source.size() - 1; // the end cannot be copied
    int[] symbols = found.hypothesis().symbols();
    float[][] weights = found.hypothesis().alignments();
    List<String> tokens = encoder.targetTokens(symbols);
    List<String> copied = new ArrayList<>();
    for (int t = 0; t < symbols.length; t++) {
      if (symbols[t] == Vocabulary.UNKNOWN_ID) {
        copied.add(source.get(largest(weights[t], words)));
      } else if (!encoder.target().isSpecial(symbols[t])) {
        copied.add(tokens.get(t));
      }
    }
    return ReversibleWords.join(copied);
  }

  private static int largest(float[] weights, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      largest = weights[i] > weights[largest] ? i : largest;
    }
    return largest;
  }

  /** Nothing in a piece was looked at from another. */
  private Alignment alignment(List<Piece> pieces) {
    List<String> source = new ArrayList<>();
    List<String> target = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (Piece piece : pieces) {
      Hypothesis best = piece.found().get(0).hypothesis();
      List<String> tokens = encoder.sourceTokens(piece.text());
      for (float[] weights : best.alignments()) {
        rows.add(Arrays.copyOf(weights, tokens.size()));
        starts.add(source.size());
      }
      source.addAll(tokens);
      target.addAll(encoder.targetTokens(best.symbols()));
    }
    float[][] all = new float[rows.size()][source.size()];
    for (int t = 0; t < all.length; t++) {
      System.arraycopy(rows.get(t), 0, all[t], starts.get(t), rows.get(t).length);
    }
    return new Alignment(source, target, all);
  }
}
