package dev.unroll.speech;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import dev.unroll.layers.ctc.CtcLabels;
import dev.unroll.sound.Features;
import dev.unroll.sound.Resampler;
import dev.unroll.sound.Sound;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.SequenceBatch;
import dev.unroll.training.Standardisation;
import dev.unroll.training.vectors.Deltas;
import dev.unroll.training.vectors.Stacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns utterances into arrays: the features of their frames, a few frames a step, {@code [batch,
 * features, time]}, a mask {@code [batch, time]}, and the labels of their characters {@code [batch,
 * 1, longest]}, filled up with the blank.
 *
 * <pre>
 *   samples           ~~~~~~~~~~~~~~~~~~~~
 *   frames of 10 ms   | | | | | | | | | |      40 mel bands each
 *   steps of 3        |     |     |     |      mask  1 1 1 1 0     labels   3 1 2 0     "cab"
 * </pre>
 */
public final class UtteranceEncoder implements ForwardEncoder<Utterance, EncodedUtterance> {
  private static final int DELTA_REACH = 2;

  private final SpeechConfig config;
  private final Alphabet alphabet;
  private final Standardisation standardisation;
  private final Features features;

  private UtteranceEncoder(
      SpeechConfig config, Alphabet alphabet, Standardisation standardisation) {
    this.config = config;
    this.alphabet = alphabet;
    this.standardisation = standardisation;
    this.features = new Features(config.audio());
  }

  /**
   * An encoder that knows the characters of {@code train}, and how its features are distributed.
   *
   * @throws UserError if no text has a character, or a recording cannot be read
   */
  public static UtteranceEncoder fit(Corpus<Utterance> train, SpeechConfig config) {
    List<String> texts = train.examples().stream().map(Utterance::text).toList();
    Alphabet alphabet = Alphabet.of(texts, config.lowercase());
    if (alphabet.classes() < 2) {
      throw UserError.data(
          train.source(), "no text has a character; write down what is said in the recordings");
    }
    Features plain = new Features(config.audio());
    Iterable<float[][]> sequences =
        () ->
            train.examples().stream()
                .map(utterance -> withDeltas(plain.of(utterance.recording().read()), config))
                .iterator();
    return new UtteranceEncoder(config, alphabet, Standardisation.fit(sequences));
  }

  /** What {@link #write} wrote. */
  static UtteranceEncoder read(NetworkFile file, SpeechConfig config) {
    Alphabet alphabet = Alphabet.read(file.entries(), config.lowercase());
    Standardisation standardisation = Standardisation.read(file.entries());
    if (standardisation.channels() != config.frameWidth()) {
      throw file.entries()
          .damaged(
              "it standardises %d features, and a frame has %d"
                  .formatted(standardisation.channels(), config.frameWidth()));
    }
    return new UtteranceEncoder(config, alphabet, standardisation);
  }

  void write(ModelFileWriter file) {
    alphabet.write(file);
    standardisation.write(file);
  }

  /** The characters it knows. */
  public Alphabet alphabet() {
    return alphabet;
  }

  /** What it reads off recordings. */
  Features features() {
    return features;
  }

  /** The normalised frames of a recording, {@code [frames][width]}. */
  float[][] frames(Sound sound) {
    return normalised(withDeltas(features.of(sound), config));
  }

  float[][] normalised(float[][] frames) {
    return switch (config.normalisation()) {
      case TRAINING -> standardisation.apply(frames);
      case UTTERANCE -> Standardisation.fit(List.<float[][]>of(frames)).apply(frames);
    };
  }

  private static float[][] withDeltas(float[][] plain, SpeechConfig config) {
    if (config.deltas() == 0) {
      return plain;
    }
    if (config.deltas() == 1) {
      return Deltas.beside(plain, DELTA_REACH);
    }
    float[][] slopes = Deltas.beside(Deltas.of(plain, DELTA_REACH), DELTA_REACH);
    float[][] all = new float[plain.length][];
    for (int t = 0; t < all.length; t++) {
      all[t] = Arrays.copyOf(plain[t], plain[t].length + slopes[t].length);
      System.arraycopy(slopes[t], 0, all[t], plain[t].length, slopes[t].length);
    }
    return all;
  }

  @Override
  public EncodedUtterance prepare(Utterance utterance) {
    return prepare(utterance, 100);
  }

  /** The same for training: as it was spoken, slower and faster. */
  EncodedUtterance prepareVaried(Utterance utterance) {
    int by = config.speedPerturbation();
    return by == 0 ? prepare(utterance) : prepare(utterance, 100, 100 - by, 100 + by);
  }

  private EncodedUtterance prepare(Utterance utterance, int... speeds) {
    Sound sound = utterance.recording().read();
    int[] labels = utterance.text() == null ? new int[0] : alphabet.labels(utterance.text());
    List<float[][]> all = new ArrayList<>();
    for (int speed : speeds) {
      float[][] frames = frames(Resampler.speed(speed, sound));
      if (speed == 100 || leastSteps(labels) <= steps(frames)) {
        all.add(frames);
      }
    }
    requireRoom(utterance, labels, steps(all.get(0)), sound);
    return new EncodedUtterance(all.toArray(float[][][]::new), labels);
  }

  private void requireRoom(Utterance utterance, int[] labels, int steps, Sound sound) {
    if (leastSteps(labels) > steps) {
      throw UserError.data(
          utterance.recording().place(),
          String.format(
              Locale.ROOT,
              "'%s' takes %d steps of %.0f ms, one a character and one more for each that is doubled,"
                  + " and %s has %d (%.2f s); mend the text, leave it out, or set %s below %d",
              utterance.text(),
              leastSteps(labels),
              1000 * config.stepSeconds(),
              utterance.recording().name(),
              steps,
              sound.seconds(),
              setting("stack"),
              config.stack()));
    }
  }

  private static int leastSteps(int[] labels) {
    return CtcLabels.leastSteps(labels);
  }

  private int steps(float[][] frames) {
    return Stacking.steps(frames.length, config.stack());
  }

  @Override
  public int length(EncodedUtterance utterance) {
    return Math.max(steps(utterance.frames()), 1);
  }

  @Override
  public List<SequenceBatch> inputs(List<EncodedUtterance> utterances) {
    List<float[][]> stacked =
        utterances.stream().map(one -> Stacking.of(one.frames(), config.stack())).toList();
    return List.of(SequenceBatch.vectors(config.stepWidth(), stacked));
  }

  @Override
  public MultiDataSet encode(List<EncodedUtterance> utterances) {
    List<SequenceBatch> inputs = inputs(utterances);
    int[][] labels = utterances.stream().map(EncodedUtterance::labels).toArray(int[][]::new);
    SequenceBatch written =
        SequenceBatch.ids(
            utterances,
            utterance -> Math.max(1, utterance.labels().length),
            (utterance, step) -> utterance.labels()[step]);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {CtcLabels.array(labels)},
        SequenceBatch.masks(inputs),
        new INDArray[] {written.mask()});
  }
}
