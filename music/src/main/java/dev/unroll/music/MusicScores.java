package dev.unroll.music;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a model, and n-grams of the same training part, predict pieces.
 *
 * @param pieces how many
 * @param steps time steps that were counted; of a piano roll, all but the first of each piece
 * @param notes that were predicted
 * @param characters of pieces in ABC, and one for the end of each; 0 in other notations
 * @param nats the sum of {@code -ln p}
 * @param baselineOrder of the n-grams; 0 without
 * @param baselineNats of the n-grams
 */
public record MusicScores(
    long pieces,
    long steps,
    long notes,
    long characters,
    double nats,
    int baselineOrder,
    double baselineNats) {
  private static final double LN2 = Math.log(2);

  /** Both counted as one. */
  public MusicScores plus(MusicScores other) {
    return new MusicScores(
        pieces + other.pieces,
        steps + other.steps,
        notes + other.notes,
        characters + other.characters,
        nats + other.nats,
        baselineOrder,
        baselineNats + other.baselineNats);
  }

  /** Nats a time step. */
  public double natsPerStep() {
    return nats / steps;
  }

  /** Nats a note, whatever else was predicted between the notes. */
  public double natsPerNote() {
    return nats / notes;
  }

  /** Bits a character of ABC. */
  public double bitsPerCharacter() {
    return nats / LN2 / characters;
  }

  /** The scores by name, as {@code --json} shows them. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pieces", pieces);
    map.put("steps", steps);
    map.put("notes", notes);
    if (characters > 0) {
      map.put("characters", characters);
    }
    row(map, nats);
    if (baselineOrder > 0) {
      Map<String, Object> baseline = new LinkedHashMap<>();
      baseline.put("order", baselineOrder);
      row(baseline, baselineNats);
      map.put("baseline", baseline);
    }
    return map;
  }

  private void row(Map<String, Object> map, double sum) {
    map.put("natsPerStep", finite(sum / steps));
    map.put("natsPerNote", finite(sum / notes));
    if (characters > 0) {
      map.put("bitsPerCharacter", sum / LN2 / characters);
    }
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** A table with a row for the model and one for the n-grams. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%,d pieces, %,d steps, %,d notes", pieces, steps, notes));
    text.append(
        characters > 0 ? String.format(Locale.ROOT, ", %,d characters\n", characters) : "\n");
    text.append(
        String.format(
            "%-22s %10s %10s%s\n",
            "", "nats/step", "nats/note", characters > 0 ? "  bits/char" : ""));
    text.append(row("model", nats));
    if (baselineOrder > 0) {
      text.append(row(baselineOrder + "-grams, Kneser-Ney", baselineNats));
    }
    return text.toString();
  }

  private String row(String name, double sum) {
    String bits =
        characters > 0 ? String.format(Locale.ROOT, " %10.4f", sum / LN2 / characters) : "";
    return String.format(
        Locale.ROOT, "%-22s %10.4f %10.4f%s\n", name, sum / steps, sum / notes, bits);
  }
}
