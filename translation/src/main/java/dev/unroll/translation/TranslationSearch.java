package dev.unroll.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Beam search for the translations of several sentences at once: what is followed of all of them
 * goes through the decoder in one step, so that a batch costs little more than a sentence.
 *
 * <pre>
 *   rows of a step     sentence 0: "A man", "The man"      sentence 2: "Two", "Some", "There"
 *                      (sentence 1 is done)
 * </pre>
 *
 * <p>Whole translations are compared by {@code log P / ((5 + length) / 6)^α + β Σⱼ log min(Σᵢ aᵢⱼ,
 * 1)} (Wu et al. 2016, "Google's Neural Machine Translation System", equation 14). A sentence is
 * done when nothing that is followed can do better, or when it has as many whole translations as
 * the beam is wide. A beam that holds everything is an exhaustive search.
 */
final class TranslationSearch {
  private final SearchConfig config;
  private final int begin;
  private final int end;
  private final BitSet excluded;
  private final boolean looks;

  /**
   * A search.
   *
   * @param begin the symbol that the decoder reads first
   * @param end the symbol that ends a translation
   * @param excluded symbols that are not written
   * @param looks whether to keep the alignments
   */
  TranslationSearch(SearchConfig config, int begin, int end, BitSet excluded, boolean looks) {
    this.config = config;
    this.begin = begin;
    this.end = end;
    this.excluded = excluded;
    this.looks = looks;
  }

  /**
   * A whole translation, or one that was cut at the longest length.
   *
   * @param score what it is compared by
   */
  record Found(Hypothesis hypothesis, double score) {}

  /**
   * The best translations found of each sentence, the best one first; at least one, at most as many
   * as the configuration asks for.
   *
   * @param decoder has begun these sentences
   * @param sourceLengths their symbols
   */
  List<List<Found>> search(Decoder decoder, int[] sourceLengths) {
    List<Sentence> all = new ArrayList<>();
    for (int length : sourceLengths) {
      all.add(new Sentence(length));
    }
    List<Sentence> open = all;
    int[] next = new int[all.size()];
    Arrays.fill(next, begin);
    while (!open.isEmpty()) {
      float[] probabilities = decoder.read(next);
      int symbols = probabilities.length / next.length;
      int row = 0;
      for (Sentence sentence : open) {
        sentence.extend(decoder, probabilities, symbols, row);
        row += sentence.rows;
      }
      open = open.stream().filter(sentence -> !sentence.beam.isEmpty()).toList();
      List<Followed> followed = open.stream().flatMap(s -> s.beam.stream()).toList();
      if (!followed.isEmpty()) {
        open.forEach(sentence -> sentence.rows = sentence.beam.size());
        decoder.select(followed.stream().mapToInt(Followed::parent).toArray());
        next = followed.stream().mapToInt(f -> f.hypothesis.symbol()).toArray();
      }
    }
    return all.stream().map(Sentence::best).toList();
  }

  /**
   * A beginning that is followed.
   *
   * @param parent the row of the last step that it extends
   */
  private record Followed(int parent, Hypothesis hypothesis) {}

  /** The search for the translation of one sentence. */
  private final class Sentence {
    private final int sourceLength;
    private final int longest;
    private final List<Found> found = new ArrayList<>();
    private List<Followed> beam = List.of(new Followed(0, Hypothesis.EMPTY));
    private int rows = 1;

    Sentence(int sourceLength) {
      this.sourceLength = sourceLength;
      this.longest =
          config.maxLength() > 0 ? config.maxLength() : Math.addExact(2 * sourceLength, 10);
    }

    /** Goes on from the rows that begin with {@code first}. */
    void extend(Decoder decoder, float[] probabilities, int symbols, int first) {
      BestSymbols best = new BestSymbols(config.beam(), symbols, excluded);
      for (int i = 0; i < rows; i++) {
        best.add(probabilities, first + i, beam.get(i).hypothesis.logProbability());
      }
      float[][] alignments = new float[rows][];
      List<Followed> alive = new ArrayList<>();
      for (int i = 0; i < best.size(); i++) {
        int parent = best.row(i) - first;
        if (alignments[parent] == null) {
          alignments[parent] = looks ? decoder.alignment(best.row(i)) : new float[0];
        }
        Hypothesis before = beam.get(parent).hypothesis;
        int length = before.length() + 1;
        Hypothesis extended =
            new Hypothesis(
                before, best.symbol(i), length, best.logProbability(i), alignments[parent]);
        if (best.symbol(i) == end || length == longest) {
          found.add(new Found(extended, score(extended)));
        } else {
          alive.add(new Followed(best.row(i), extended));
        }
      }
      found.sort((a, b) -> Double.compare(b.score, a.score));
      beam = found.size() >= config.beam() ? List.of() : promising(alive);
    }

    private double score(Hypothesis whole) {
      double score = whole.logProbability() / lengthPenalty(whole.length());
      return config.coveragePenalty() == 0
          ? score
          : score + config.coveragePenalty() * whole.coverage(sourceLength);
    }

    /** At best a translation grows to the longest, loses no probability and looks everywhere. */
    private List<Followed> promising(List<Followed> alive) {
      if (found.size() < config.nBest()) {
        return alive;
      }
      double bar = found.get(config.nBest() - 1).score;
      return alive.stream()
          .filter(f -> f.hypothesis.logProbability() / lengthPenalty(longest) > bar)
          .toList();
    }

    private double lengthPenalty(int length) {
      return Math.pow((5.0 + length) / 6, config.lengthPenalty());
    }

    List<Found> best() {
      return List.copyOf(found.subList(0, Math.min(config.nBest(), found.size())));
    }
  }
}
