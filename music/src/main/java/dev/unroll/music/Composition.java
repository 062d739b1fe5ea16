package dev.unroll.music;

import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.abc.TuneText;
import dev.unroll.music.score.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece that a model composed, and how it came about.
 *
 * @param score the piece
 * @param abc as the model wrote it, if it writes ABC; empty otherwise
 * @param draws how many pieces were drawn, this one included
 * @param redrawnBars how many bars and fields of this one were drawn again, see {@link Rule#METRE}
 * @param refused why the others were not taken, and how many each time
 * @param broken the rules that this one does not keep to: only if no attempt was left
 * @param nearest the training part that is most like it, if any shares two notes with it
 */
public record Composition(
    Score score,
    String abc,
    int draws,
    int redrawnBars,
    Map<String, Integer> refused,
    List<Rule> broken,
    Optional<Repertoire.Likeness> nearest) {
  /** What a piece is called that was drawn with a seed. */
  static String name(long seed) {
    return "Composed, seed " + seed;
  }

  /**
   * The piece as a tune of ABC.
   *
   * @param number of the tune in its file
   */
  String abc(long seed, int number) {
    return abc.isEmpty()
        ? AbcWriter.write(score.named(name(seed)), number)
        : TuneText.tune(abc, name(seed)).replaceFirst("^X:1", "X:" + number);
  }

  /** The keys that scripts rely on. */
  Map<String, Object> toMap(long seed, int number) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seed", seed);
    map.put("notes", score.notes().size());
    map.put("bars", score.bars().size() - 1);
    map.put("draws", draws);
    map.put("redrawnBars", redrawnBars);
    map.put("refused", refused);
    map.put("broken", broken);
    map.put("nearest", nearest.orElse(null));
    map.put("abc", abc(seed, number));
    return map;
  }
}
