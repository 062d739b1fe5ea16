package dev.unroll.music.score;

import static dev.unroll.music.score.PitchClass.OCTAVE;

/**
 * Tells in which key a piece seems to be: the one with whose profile the time that each pitch class
 * sounds correlates best (Krumhansl 1990, "Cognitive Foundations of Musical Pitch", chapter 4; the
 * profiles of Krumhansl and Kessler 1982).
 */
public final class KeyFinder {
  private static final double[] MAJOR = {
    6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
  };
  private static final double[] MINOR = {
    6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
  };

  private KeyFinder() {}

  /** The likeliest of the 24 major and minor keys; C of a piece without notes. */
  public static Key key(Score score) {
    double[] sounds = new double[OCTAVE];
    for (Note note : score.notes()) {
      sounds[note.pitch() % OCTAVE] += note.length();
    }
    Key best = Key.C;
    double most = Double.NEGATIVE_INFINITY;
    for (Mode mode : new Mode[] {Mode.MAJOR, Mode.MINOR}) {
      for (int semitones = 0; semitones < OCTAVE; semitones++) {
        Key key = new Key(0, mode).transposed(semitones);
        double fit = correlation(sounds, mode == Mode.MAJOR ? MAJOR : MINOR, key.tonic());
        if (fit > most) {
          most = fit;
          best = key;
        }
      }
    }
    return best;
  }

  private static double correlation(double[] sounds, double[] profile, int tonic) {
    double meanSound = 0;
    double meanProfile = 0;
    for (int i = 0; i < OCTAVE; i++) {
      meanSound += sounds[i] / OCTAVE;
      meanProfile += profile[i] / OCTAVE;
    }
    double both = 0;
    double soundSquares = 0;
    double profileSquares = 0;
    for (int i = 0; i < OCTAVE; i++) {
      double sound = sounds[(tonic + i) % OCTAVE] - meanSound;
      double expected = profile[i] - meanProfile;
      both += sound * expected;
      soundSquares += sound * sound;
      profileSquares += expected * expected;
    }
    return soundSquares == 0 ? 0 : both / Math.sqrt(soundSquares * profileSquares);
  }
}
