package dev.unroll.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named spans that were found, against those that are there, counted as the evaluation script of
 * the CoNLL shared tasks counts them (conlleval, version of 2004-01-26; Tjong Kim Sang and Buchholz
 * 2000). A span is right if its beginning, its end and its type are.
 *
 * <p>Tags are {@code O}, or a prefix, a hyphen and a type. Of malformed sequences conlleval makes
 * spans by rules of its own ({@link TagTrack}), which hold for IOB1, BIO and the {@code B}, {@code
 * I} and {@code E} of BIOES. It does not know {@code S-}: adjacent single-token spans of one type
 * would count as one, so convert BIOES to BIO before.
 */
public final class SpanScores {

  /** No sentence has been judged yet. */
  public SpanScores() {}

  /** Strings by their characters, as Perl sorts the bytes of UTF-8. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        return Arrays.compare(x, y);
      };

  /**
   * The spans of one type, or of all.
   *
   * @param gold number of spans that are there
   * @param predicted number of spans that were found
   * @param correct number of those found that are there
   */
  public record Counts(long gold, long predicted, long correct) {
    /** The share of right ones among those found, 0 to 100; 0 if none was. */
    public double precision() {
      return predicted == 0 ? 0 : 100.0 * correct / predicted;
    }

    /** The share found of those that are there, 0 to 100; 0 if none is. */
    public double recall() {
      return gold == 0 ? 0 : 100.0 * correct / gold;
    }

    /** The harmonic mean of the two, 0 to 100. */
    public double f1() {
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    /** Both counted as one. */
    public Counts plus(Counts other) {
      return new Counts(gold + other.gold, predicted + other.predicted, correct + other.correct);
    }

    /** Scores and counts by name, as in {@link SpanScores#toMap}. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("precision", precision());
      map.put("recall", recall());
      map.put("f1", f1());
      map.put("gold", gold);
      map.put("predicted", predicted);
      map.put("correct", correct);
      return map;
    }
  }

  private static final Counts GOLD = new Counts(1, 0, 0);
  private static final Counts PREDICTED = new Counts(0, 1, 0);
  private static final Counts CORRECT = new Counts(0, 0, 1);

  private final TagTrack gold = new TagTrack();
  private final TagTrack predicted = new TagTrack();
  private final Map<String, Counts> types = new TreeMap<>(BY_CODE_POINT);
  private boolean inCorrect;
  private long sentences;
  private long tokens;
  private long correctTags;

  /** Counts a sentence by its true tags and those answered, one for each token. */
  public void add(List<String> goldTags, List<String> predictedTags) {
    if (goldTags.size() != predictedTags.size()) {
      throw new IllegalArgumentException(
          goldTags.size() + " true tags and " + predictedTags.size() + " answers");
    }
    for (int i = 0; i < goldTags.size(); i++) {
      step(goldTags.get(i), predictedTags.get(i));
      correctTags += gold.isSameAs(predicted) ? 1 : 0;
    }
    tokens += goldTags.size();
    sentences++;
    // No span runs over the end of a sentence.
    step(TagTrack.OUTSIDE, TagTrack.OUTSIDE);
  }

  /**
   * Counts tokens outside of sentences, which nobody takes for a part of a span: conlleval counts
   * the lines that mark documents so.
   */
  public void addOutside(int count) {
    tokens += count;
    correctTags += count;
  }

  /** Both counted as one; neither changes. */
  public SpanScores plus(SpanScores other) {
    SpanScores sum = new SpanScores();
    for (SpanScores part : List.of(this, other)) {
      part.finished().forEach((type, counts) -> sum.types.merge(type, counts, Counts::plus));
      sum.sentences += part.sentences;
      sum.tokens += part.tokens;
      sum.correctTags += part.correctTags;
    }
    return sum;
  }

  private void step(String goldTag, String predictedTag) {
    gold.next(goldTag);
    predicted.next(predictedTag);
    if (inCorrect) {
      if (gold.ended() && predicted.ended() && gold.lastType().equals(predicted.lastType())) {
        inCorrect = false;
        count(gold.lastType(), CORRECT);
      } else if (gold.ended() != predicted.ended() || !gold.type().equals(predicted.type())) {
        inCorrect = false;
      }
    }
    if (gold.started() && predicted.started() && gold.type().equals(predicted.type())) {
      inCorrect = true;
    }
    if (gold.started()) {
      count(gold.type(), GOLD);
    }
    if (predicted.started()) {
      count(predicted.type(), PREDICTED);
    }
  }

  private void count(String type, Counts one) {
    types.merge(type, one, Counts::plus);
  }

  /** The number of sentences judged. */
  public long sentences() {
    return sentences;
  }

  /** The number of tokens judged. */
  public long tokens() {
    return tokens;
  }

  /** The share of tokens with the right tag, 0 to 100; 0 of none. */
  public double accuracy() {
    return tokens == 0 ? 0 : 100.0 * correctTags / tokens;
  }

  /** The spans of all types. */
  public Counts total() {
    return finished().values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
  }

  /** The spans of each type that occurs on either side, in the order of its name. */
  public Map<String, Counts> types() {
    Map<String, Counts> occurring = finished();
    // A prefix without a meaning can end a span of a type that never began one.
    occurring.values().removeIf(counts -> counts.gold() + counts.predicted() == 0);
    return occurring;
  }

  private Map<String, Counts> finished() {
    Map<String, Counts> finished = new TreeMap<>(BY_CODE_POINT);
    finished.putAll(types);
    if (inCorrect) {
      // Only a tag without a type can be open here; conlleval counts it at the end of the file.
      finished.merge(gold.type(), CORRECT, Counts::plus);
    }
    return finished;
  }

  /**
   * The scores by name: {@code sentences}, {@code tokens}, {@code precision}, {@code recall},
   * {@code f1} and {@code accuracy} (all 0 to 100), {@code gold}, {@code predicted} and {@code
   * correct} spans, and {@code types}, each with the same.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sentences", sentences);
    map.put("tokens", tokens);
    map.putAll(total().toMap());
    map.put("accuracy", accuracy());
    Map<String, Object> perType = new LinkedHashMap<>();
    types().forEach((type, counts) -> perType.put(type, counts.toMap()));
    map.put("types", perType);
    return map;
  }

  /** What conlleval prints, byte for byte. */
  @Override
  public String toString() {
    return ConllevalText.of(this);
  }
}
