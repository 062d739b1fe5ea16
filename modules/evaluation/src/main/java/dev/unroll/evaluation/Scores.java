package dev.unroll.evaluation;

import java.util.Map;

/**
 * What an evaluation counted, and the scores that follow from it. Its {@code toString} is what a
 * person reads.
 *
 * @param <S> the class itself
 */
public interface Scores<S extends Scores<S>> {
  /** The scores by name, as {@code --json} shows them. */
  Map<String, Object> toMap();

  /** Both evaluations counted as one; neither changes. */
  S plus(S other);
}
