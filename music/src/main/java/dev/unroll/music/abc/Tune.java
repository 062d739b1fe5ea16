package dev.unroll.music.abc;

import dev.unroll.music.score.Score;
import java.util.List;

/**
 * A tune that was read.
 *
 * @param score as it is played, repeats and all
 * @param complaints of bars that do not add up to their metre, each with file and line
 * @param left what was read over, such as {@code 3 decorations}
 */
public record Tune(Score score, List<String> complaints, List<String> left) {}
