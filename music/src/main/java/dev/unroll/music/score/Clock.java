package dev.unroll.music.score;

import java.util.List;

/** When the ticks of a score are, by its tempos. */
public final class Clock {
  private static final double USUAL = 500_000;

  private final List<Change<Integer>> tempos;

  /** The clock of a score; 120 quarter notes a minute before its first tempo. */
  public Clock(Score score) {
    tempos = score.tempos();
  }

  /** Seconds from the beginning to a tick. */
  public double seconds(int tick) {
    double microseconds = 0;
    double tempo = USUAL;
    int from = 0;
    for (Change<Integer> change : tempos) {
      if (change.time() >= tick) {
        break;
      }
      microseconds += (change.time() - from) * tempo / Score.QUARTER;
      from = change.time();
      tempo = change.value();
    }
    return (microseconds + (tick - from) * tempo / Score.QUARTER) / 1e6;
  }
}
