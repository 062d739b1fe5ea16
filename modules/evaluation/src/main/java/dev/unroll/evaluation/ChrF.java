package dev.unroll.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How near translations are to those of people, by their characters: chrF2 (Popović 2015), the
 * F-score of sequences of 1 to 6 characters without white space, in which recall weighs twice as
 * much as precision; and chrF2++ (Popović 2017), which takes in sequences of 1 and 2 words. It
 * needs no tokeniser and is kinder than {@link Bleu} to languages with many endings. It is counted
 * over a whole corpus and equals sacreBLEU's (Post 2018; checked against version 2.6.0).
 */
public final class ChrF {
  private static final int CHARACTERS = 6;
  private static final int WORDS = 2;
  private static final int BETA = 2;
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final int words;
  private final boolean lowercase;
  private final References references = new References();
  private final Counts sum;
  private long sentences;

  /** chrF2 with case. */
  public ChrF() {
    this(false, false);
  }

  /**
   * Either of both.
   *
   * @param plusPlus whether words count too
   * @param lowercase whether {@code The} equals {@code the}
   */
  public ChrF(boolean plusPlus, boolean lowercase) {
    this.words = plusPlus ? WORDS : 0;
    this.lowercase = lowercase;
    this.sum = new Counts(CHARACTERS + words);
  }

  /** N-grams by their order: those of the hypothesis, of the reference, and of both. */
  private record Counts(long[] hypothesis, long[] reference, long[] both) {
    Counts(int orders) {
      this(new long[orders], new long[orders], new long[orders]);
    }

    static Counts of(List<Ngrams> hypothesis, List<Ngrams> reference) {
      Counts counts = new Counts(hypothesis.size());
      for (int i = 0; i < hypothesis.size(); i++) {
        // Of an order that the reference is too short for, nothing is held against the hypothesis.
        boolean possible = reference.get(i).total() > 0;
        counts.hypothesis[i] = possible ? hypothesis.get(i).total() : 0;
        counts.reference[i] = reference.get(i).total();
        counts.both[i] = hypothesis.get(i).matches(reference.get(i));
      }
      return counts;
    }

    void add(Counts other) {
      for (int i = 0; i < both.length; i++) {
        hypothesis[i] += other.hypothesis[i];
        reference[i] += other.reference[i];
        both[i] += other.both[i];
      }
    }

    /** The F-score, 0 to 100, of the mean precision and recall over the orders that there are. */
    double score() {
      double precision = 0;
      double recall = 0;
      int orders = 0;
      for (int i = 0; i < both.length; i++) {
        if (hypothesis[i] > 0 && reference[i] > 0) {
          precision += (double) both[i] / hypothesis[i];
          recall += (double) both[i] / reference[i];
          orders++;
        }
      }
      if (precision + recall == 0) {
        return 0;
      }
      precision /= orders;
      recall /= orders;
      int factor = BETA * BETA;
      return 100 * ((1 + factor) * precision * recall / (factor * precision + recall));
    }
  }

  /** Counts a sentence that has one reference. */
  public void add(String hypothesis, String reference) {
    add(hypothesis, List.of(reference));
  }

  /**
   * Counts a sentence, against that reference which gives it the best score.
   *
   * @param references one or more, as many as there are for this sentence
   */
  public void add(String hypothesis, List<String> references) {
    this.references.add(references);
    List<Ngrams> ngrams = ngrams(hypothesis);
    Counts best = null;
    for (String reference : references) {
      Counts counts = Counts.of(ngrams, ngrams(reference));
      if (best == null || counts.score() > best.score()) {
        best = counts;
      }
    }
    sum.add(best);
    sentences++;
  }

  private List<Ngrams> ngrams(String text) {
    List<String> parts = Ngrams.words(lowercase ? text.toLowerCase(Locale.ROOT) : text);
    String characters = String.join("", parts);
    List<Ngrams> ngrams = new ArrayList<>(CHARACTERS + words);
    for (int n = 1; n <= CHARACTERS; n++) {
      ngrams.add(Ngrams.ofCharacters(characters, n));
    }
    List<String> parted = words == 0 ? parts : partPunctuation(parts);
    for (int n = 1; n <= words; n++) {
      ngrams.add(Ngrams.ofWords(parted, n));
    }
    return ngrams;
  }

  /** Parts one punctuation mark from each word, the last character or else the first. */
  private static List<String> partPunctuation(List<String> words) {
    List<String> parts = new ArrayList<>(words.size() + 8);
    for (String word : words) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        parts.add(word.substring(0, last));
        parts.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        parts.add(word.substring(0, 1));
        parts.add(word.substring(1));
      } else {
        parts.add(word);
      }
    }
    return parts;
  }

  /** How many sentences were counted. */
  public long sentences() {
    return sentences;
  }

  /** chrF, 0 to 100; NaN of no sentences. */
  public double score() {
    return sentences == 0 ? Double.NaN : sum.score();
  }

  /** What was counted and how; see {@link Bleu#signature}. */
  public String signature() {
    return references.signature(
        String.format(
            "case:%s|eff:yes|nc:%d|nw:%d|space:no", lowercase ? "lc" : "mixed", CHARACTERS, words));
  }

  /** The score by name: {@code sentences}, {@code chrf}, {@code chrfSignature}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sentences", sentences);
    map.put("chrf", score());
    map.put("chrfSignature", signature());
    return map;
  }

  @Override
  public String toString() {
    return String.format(
        "chrF%d%s %s: %d sentences\n%s\n",
        BETA, "+".repeat(words), TextTable.number(score(), 2), sentences, signature());
  }
}
