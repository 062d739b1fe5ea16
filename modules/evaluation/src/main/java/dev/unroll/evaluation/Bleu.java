package dev.unroll.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How near translations are to those of people: BLEU (Papineni et al. 2002), the geometric mean of
 * the precisions of their sequences of 1 to 4 words, with a penalty if they are short. It is
 * counted over a whole corpus and equals sacreBLEU's (Post 2018; checked against version 2.6.0).
 */
public final class Bleu {
  private static final int ORDER = 4;

  private final BleuConfig config;
  private final References references = new References();
  private final long[] correct = new long[ORDER];
  private final long[] total = new long[ORDER];
  private long sentences;
  private long hypothesisLength;
  private long referenceLength;

  /** Of raw text, with case. */
  public Bleu() {
    this(BleuConfig.defaults());
  }

  /** Counted as {@code config} says. */
  public Bleu(BleuConfig config) {
    this.config = config;
  }

  /** The score of one sentence, which says little by itself. */
  public static Bleu ofSentence(String hypothesis, List<String> references) {
    Bleu bleu = new Bleu(BleuConfig.forSentences());
    bleu.add(hypothesis, references);
    return bleu;
  }

  /** Counts a sentence that has one reference. */
  public void add(String hypothesis, String reference) {
    add(hypothesis, List.of(reference));
  }

  /**
   * Counts a sentence. An n-gram is right as often as it is in that reference which has it most
   * often; the length to reach is that of the reference nearest in length, of two the shorter.
   *
   * @param references one or more, as many as there are for this sentence
   */
  public void add(String hypothesis, List<String> references) {
    this.references.add(references);
    List<String> words = Ngrams.words(config.tokenize(hypothesis));
    List<List<String>> expected =
        references.stream().map(text -> Ngrams.words(config.tokenize(text))).toList();
    for (int n = 1; n <= ORDER; n++) {
      Ngrams ngrams = Ngrams.ofWords(words, n);
      int order = n;
      Ngrams right =
          expected.stream().map(r -> Ngrams.ofWords(r, order)).reduce(Ngrams::union).orElseThrow();
      correct[n - 1] += ngrams.matches(right);
      total[n - 1] += ngrams.total();
    }
    sentences++;
    hypothesisLength += words.size();
    referenceLength += nearest(words.size(), expected.stream().mapToInt(List::size));
  }

  private static int nearest(int length, IntStream lengths) {
    return lengths
        .reduce(
            (a, b) -> {
              int nearer = Integer.compare(Math.abs(a - length), Math.abs(b - length));
              return nearer < 0 || nearer == 0 && a < b ? a : b;
            })
        .orElseThrow();
  }

  /** How many sentences were counted. */
  public long sentences() {
    return sentences;
  }

  /** Words of all hypotheses. */
  public long hypothesisLength() {
    return hypothesisLength;
  }

  /** Words of all references, of each sentence the one that is nearest in length. */
  public long referenceLength() {
    return referenceLength;
  }

  /** BLEU, 0 to 100; NaN of no sentences. */
  public double score() {
    if (sentences == 0) {
      return Double.NaN;
    }
    double[] precisions = precisions();
    int order = config.effectiveOrder() ? effectiveOrder() : ORDER;
    double sum = 0;
    for (int n = 0; n < order; n++) {
      sum += Math.log(precisions[n]);
    }
    return order == 0 || noneCorrect() ? 0 : brevityPenalty() * Math.exp(sum / order);
  }

  /** The most words of an n-gram that the hypotheses have, at most 4. */
  private int effectiveOrder() {
    double[] totals = smoothed(total);
    int order = 0;
    while (order < ORDER && totals[order] > 0) {
      order++;
    }
    return order;
  }

  /**
   * The share of the hypotheses' sequences of 1 to 4 words that are right, in percent, smoothed; 0
   * of all if no word is right.
   */
  public double[] precisions() {
    double[] precisions = new double[ORDER];
    double[] right = smoothed(correct);
    double[] all = smoothed(total);
    double share = 1;
    for (int n = 0; n < ORDER && !noneCorrect() && all[n] > 0; n++) {
      if (right[n] == 0) {
        share /= 2;
        right[n] =
            switch (config.smoothing()) {
              case EXPONENTIAL -> share;
              case FLOOR -> 0.1;
              case NONE, ADD_ONE -> 0;
            };
      }
      precisions[n] = 100 * right[n] / all[n];
    }
    return precisions;
  }

  private boolean noneCorrect() {
    return Arrays.stream(correct).allMatch(count -> count == 0);
  }

  private double[] smoothed(long[] counts) {
    boolean addOne = config.smoothing() == BleuConfig.Smoothing.ADD_ONE;
    return IntStream.range(0, ORDER)
        .mapToDouble(n -> counts[n] + (addOne && n > 0 ? 1 : 0))
        .toArray();
  }

  /** What the score is multiplied by since the hypotheses are shorter than the references. */
  public double brevityPenalty() {
    if (hypothesisLength >= referenceLength) {
      return 1;
    }
    return hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
  }

  /**
   * What was counted and how, as sacreBLEU writes it, to be quoted with the score. Its version says
   * that it was not sacreBLEU that computed it.
   */
  public String signature() {
    return references.signature(config.signature());
  }

  /** The score and what it is made of, by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sentences", sentences);
    map.put("bleu", score());
    map.put("precisions", Arrays.stream(precisions()).boxed().toList());
    map.put("brevityPenalty", brevityPenalty());
    map.put("hypothesisLength", hypothesisLength);
    map.put("referenceLength", referenceLength);
    map.put("signature", signature());
    return map;
  }

  @Override
  public String toString() {
    TextTable table = new TextTable().row("words", "precision %", "correct", "total");
    double[] precisions = precisions();
    for (int n = 0; n < ORDER; n++) {
      table.row(
          Integer.toString(n + 1),
          TextTable.number(precisions[n], 2),
          Long.toString(correct[n]),
          Long.toString(total[n]));
    }
    return table
        + String.format(
            Locale.ROOT,
            "BLEU %s: brevity penalty %.3f, %d words for %d, %d sentences\n%s\n",
            TextTable.number(score(), 2),
            brevityPenalty(),
            hypothesisLength,
            referenceLength,
            sentences,
            signature());
  }
}
