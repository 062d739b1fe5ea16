package dev.unroll.evaluation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How surprised a language model is by a text, a mean over its characters. */
public final class Perplexity {
  private long characters;
  private long unknown;
  private double logProbability;

  /** No text has been scored yet. */
  public Perplexity() {}

  /**
   * Counts predicted characters.
   *
   * @param logProbability the sum of the natural logarithms of their probabilities, at most 0
   * @param characters how many they are
   */
  public void add(double logProbability, long characters) {
    if (!(logProbability <= 0) || characters < 0) {
      throw new IllegalArgumentException(
          "log-probability " + logProbability + " of " + characters + " characters");
    }
    this.logProbability += logProbability;
    this.characters += characters;
  }

  /** Counts characters among those added that the model has no symbol for. */
  public void addUnknown(long count) {
    unknown += count;
  }

  /** Both counted as one; neither changes. */
  public Perplexity plus(Perplexity other) {
    Perplexity sum = new Perplexity();
    sum.logProbability = logProbability + other.logProbability;
    sum.characters = characters + other.characters;
    sum.unknown = unknown + other.unknown;
    return sum;
  }

  /** The number of characters scored. */
  public long characters() {
    return characters;
  }

  /** How many of them the model did not know. */
  public long unknown() {
    return unknown;
  }

  /** The sum of the natural logarithms of the probabilities. */
  public double logProbability() {
    return logProbability;
  }

  /** The mean of {@code -ln p}; NaN of no characters. */
  public double natsPerCharacter() {
    return -logProbability / characters;
  }

  /** The mean of {@code -log2 p}: what an ideal compressor would need. */
  public double bitsPerCharacter() {
    return natsPerCharacter() / Math.log(2);
  }

  /** {@code exp} of the nats: among how many equally likely characters it would be as unsure. */
  public double perplexity() {
    return Math.exp(natsPerCharacter());
  }

  /** The scores by name, as they stand in {@code charlm evaluate --json}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("characters", characters);
    map.put("unknown", unknown);
    map.put("natsPerCharacter", natsPerCharacter());
    map.put("bitsPerCharacter", bitsPerCharacter());
    map.put("perplexity", perplexity());
    return map;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d characters (%d unknown): %.4f nats per character, %.4f bits per character,"
            + " perplexity %.4f\n",
        characters,
        unknown,
        natsPerCharacter(),
        bitsPerCharacter(),
        perplexity());
  }
}
