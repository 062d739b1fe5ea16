package dev.unroll.training;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import java.util.Arrays;
import java.util.Map;

/**
 * Brings the channels of vectors to mean 0 and standard deviation 1, as they were in training: what
 * the vocabulary is to words. It is fitted on the training part alone and saved with the model.
 *
 * @param mean of each channel over all steps of the training part
 * @param deviation likewise; 1 for a channel that never changed, which becomes 0
 */
public record Standardisation(float[] mean, float[] deviation) {
  private static final String ENTRY = "standardisation.json";

  /** Refuses what nothing could be standardised by. */
  public Standardisation {
    if (mean.length == 0 || mean.length != deviation.length) {
      throw new IllegalArgumentException(
          mean.length + " means and " + deviation.length + " deviations");
    }
    for (int i = 0; i < mean.length; i++) {
      if (!Float.isFinite(mean[i]) || !(deviation[i] > 0) || !Float.isFinite(deviation[i])) {
        throw new IllegalArgumentException(
            "channel %d has mean %s and deviation %s".formatted(i, mean[i], deviation[i]));
      }
    }
  }

  /**
   * What the sequences of a training part have as mean and deviation, by Welford's method (1962),
   * which loses nothing where the mean is large and the deviation small.
   *
   * @param sequences each {@code [time][channels]}; at least one step in all
   * @throws IllegalArgumentException if there is no step, if steps differ in length, or if a value
   *     is not finite
   */
  public static Standardisation fit(Iterable<float[][]> sequences) {
    return fit(sequences, false);
  }

  /**
   * The same of sequences in which {@code NaN} stands for a value that is missing, which counts for
   * nothing. A channel that is missing everywhere has mean 0 and deviation 1.
   *
   * @throws IllegalArgumentException if there is no step, if steps differ in length, or if a value
   *     is infinite
   */
  public static Standardisation fitPresent(Iterable<float[][]> sequences) {
    return fit(sequences, true);
  }

  private static Standardisation fit(Iterable<float[][]> sequences, boolean gaps) {
    double[] mean = null;
    double[] squares = null;
    long[] count = null;
    for (float[][] sequence : sequences) {
      for (float[] step : sequence) {
        if (mean == null) {
          mean = new double[step.length];
          squares = new double[step.length];
          count = new long[step.length];
        }
        checkLength(step, mean.length);
        for (int i = 0; i < mean.length; i++) {
          if (gaps && Float.isNaN(step[i])) {
            continue;
          }
          checkFinite(step, i);
          double before = step[i] - mean[i];
          mean[i] += before / ++count[i];
          squares[i] += before * (step[i] - mean[i]);
        }
      }
    }
    if (mean == null) {
      throw new IllegalArgumentException("no steps to standardise by");
    }
    float[] means = new float[mean.length];
    float[] deviations = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      means[i] = (float) mean[i];
      float deviation = (float) Math.sqrt(squares[i] / Math.max(1, count[i]));
      deviations[i] = deviation > 0 ? deviation : 1;
    }
    return new Standardisation(means, deviations);
  }

  private static void checkLength(float[] step, int channels) {
    if (step.length != channels) {
      throw new IllegalArgumentException(
          "a step of " + step.length + " values among steps of " + channels);
    }
  }

  private static void checkFinite(float[] step, int channel) {
    if (!Float.isFinite(step[channel])) {
      throw new IllegalArgumentException(
          "channel " + channel + " is " + step[channel] + ", not finite");
    }
  }

  /** The number of channels. */
  public int channels() {
    return mean.length;
  }

  /**
   * The standardised values of a sequence, in new arrays.
   *
   * @param sequence {@code [time][channels]}
   * @throws IllegalArgumentException if a step has another number of channels, or a value that is
   *     not finite
   */
  public float[][] apply(float[][] sequence) {
    float[][] standardised = new float[sequence.length][mean.length];
    for (int t = 0; t < sequence.length; t++) {
      checkLength(sequence[t], mean.length);
      for (int i = 0; i < mean.length; i++) {
        checkFinite(sequence[t], i);
        standardised[t][i] = (sequence[t][i] - mean[i]) / deviation[i];
      }
    }
    return standardised;
  }

  /** Adds it to a model. */
  public void write(ModelFileWriter file) {
    file.json(ENTRY, this);
  }

  /**
   * What {@link #write} added to a model.
   *
   * @throws dev.unroll.data.UserError if it is not there, or is none
   */
  public static Standardisation read(ModelFile file) {
    var entry = file.json(ENTRY, new TypeToken<Map<String, float[]>>() {});
    float[] mean = entry.get("mean");
    float[] deviation = entry.get("deviation");
    if (mean == null || deviation == null) {
      throw file.damaged("'" + ENTRY + "' is incomplete");
    }
    try {
      return new Standardisation(mean, deviation);
    } catch (IllegalArgumentException e) {
      throw file.damaged("'" + ENTRY + "': " + e.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardisation that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", deviation " + Arrays.toString(deviation);
  }
}
