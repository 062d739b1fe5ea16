package dev.unroll.speech;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.sound.FeatureConfig;
import dev.unroll.sound.SpectrumMask;
import java.util.Map;

/**
 * All that shapes a recogniser and its training, checked. {@link Settings} turns it into properties
 * and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers
 * @param training how it is trained; a token of its batches is a step of {@code stack} frames
 * @param audio what is read off a recording
 * @param deltas how often the features of a frame are followed by how they change: 0, 1 or 2
 * @param normalisation by what features come to mean 0 and deviation 1
 * @param stack frames that are read as one step
 * @param inputDropout probability with which a feature is dropped while training
 * @param speedPerturbation percent by which a recording may be faster or slower while training (Ko
 *     et al. 2015); 0 for none
 * @param timeMasks stripes of time that are hidden while training (Park et al. 2019)
 * @param timeMaskWidth most frames of each
 * @param bandMasks stripes of features that are hidden while training
 * @param bandMaskWidth most features of each
 * @param lowercase whether texts are learnt and written in lower case
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 */
public record SpeechConfig(
    NetworkConfig network,
    TrainingConfig training,
    FeatureConfig audio,
    int deltas,
    Normalisation normalisation,
    int stack,
    double inputDropout,
    int speedPerturbation,
    int timeMasks,
    int timeMaskWidth,
    int bandMasks,
    int bandMaskWidth,
    boolean lowercase,
    double devFraction) {
  private static final int MOST_STACK = 20;
  private static final int MOST_SPEED = 50;

  /** By what features come to mean 0 and deviation 1. */
  public enum Normalisation {
    /** By the recording's own; a voice and a microphone count less. */
    UTTERANCE,
    /** By those of the training data; the beginning can be read before the end. */
    TRAINING
  }

  /** Refuses what no recogniser could be built from. */
  public SpeechConfig {
    atLeast("deltas", deltas, 0);
    atMost("deltas", deltas, 2);
    atLeast("stack", stack, 1);
    atMost("stack", stack, MOST_STACK);
    probability("input-dropout", inputDropout);
    atLeast("speed-perturbation", speedPerturbation, 0);
    atMost("speed-perturbation", speedPerturbation, MOST_SPEED);
    atLeast("time-masks", timeMasks, 0);
    atLeast("time-mask-width", timeMaskWidth, 0);
    atLeast("band-masks", bandMasks, 0);
    atLeast("band-mask-width", bandMaskWidth, 0);
    share("dev-fraction", devFraction);
  }

  private static void atMost(String key, int value, int most) {
    if (value > most) {
      throw UserError.usage(key + " must be at most " + most + ", got " + value);
    }
  }

  /** For an hour or so of short utterances. */
  public static SpeechConfig defaults() {
    return new SpeechConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 3, 160, true, 0.4),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "60", "batch", "16", "learning-rate", "0.002", "patience", "0")),
        FeatureConfig.defaults(),
        0,
        Normalisation.UTTERANCE,
        3,
        0.1,
        10,
        2,
        20,
        2,
        8,
        false,
        0.1);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static SpeechConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }

  /** The number of values of a frame, its changes among them. */
  int frameWidth() {
    return audio.width() * (deltas + 1);
  }

  /** The number of values of a step. */
  int stepWidth() {
    return frameWidth() * stack;
  }

  /** Seconds from the beginning of one step to that of the next. */
  double stepSeconds() {
    return (double) stack * audio.stepSamples() / audio.sampleRate();
  }

  SpectrumMask mask() {
    return new SpectrumMask(timeMasks, timeMaskWidth, bandMasks, bandMaskWidth);
  }
}
