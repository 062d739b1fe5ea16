package dev.unroll.music;

import dev.unroll.music.score.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece that a model composed, and how it came about.
 *
 * @param score the piece
 * @param abc as the model wrote it, if it writes ABC; empty otherwise
 * @param draws how many pieces were drawn, this one included
 * @param redrawnBars how many bars of this one were drawn again, see {@link Rule#METRE}
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
    Optional<Repertoire.Likeness> nearest) {}
