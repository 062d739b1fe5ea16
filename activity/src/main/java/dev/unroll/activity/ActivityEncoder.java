package dev.unroll.activity;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.SequenceBatch;
import dev.unroll.training.Standardisation;
import dev.unroll.training.Variation;
import dev.unroll.training.vectors.Augmentation;
import dev.unroll.training.vectors.Deltas;
import dev.unroll.training.vectors.Stacking;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns recordings into arrays: what was measured, and how fast it changes, standardised, {@code
 * [batch, features, time]}; a mask {@code [batch, time]}; and the label one-hot {@code [batch,
 * labels]}. Of channels x and y, with deltas and by twos:
 *
 * <pre>
 *   recording   x  1 2 4      step 0   x y Δx Δy of 0, of 1      mask  1 1
 *               y  5 5 6      step 1   x y Δx Δy of 2, of 2
 * </pre>
 *
 * A recording of which nothing was measured takes a step that its mask hides: the classifier
 * answers from its bias alone.
 */
public final class ActivityEncoder implements ForwardEncoder<Recording, Motion> {
  private final Measurements measurements;
  private final List<String> labels;
  private final Standardisation standard;
  private final ActivityConfig config;

  /**
   * An encoder whose parts are known, as when a model is loaded.
   *
   * @throws IllegalArgumentException if the standardisation is of other channels
   */
  ActivityEncoder(
      Measurements measurements,
      List<String> labels,
      Standardisation standard,
      ActivityConfig config) {
    this.measurements = measurements;
    this.labels = List.copyOf(labels);
    this.standard = standard;
    this.config = config;
    int channels = measurements.channels().size();
    if (standard.channels() != (config.deltas() > 0 ? 2 : 1) * channels) {
      throw new IllegalArgumentException(
          channels + " channels, standardised as " + standard.channels());
    }
  }

  /**
   * An encoder that knows the channels, their scale and the labels of {@code train}.
   *
   * @throws UserError if there are fewer than two labels, a recording lacks a channel that the
   *     first one has, or nothing was measured at all
   */
  public static ActivityEncoder fit(Corpus<Recording> train, ActivityConfig config) {
    List<String> labels = List.copyOf(Recording.labels(train));
    Optional<Skeleton> skeleton =
        config.hasSkeleton() ? Optional.of(Skeleton.of(config.skeleton())) : Optional.empty();
    Measurements measurements = Measurements.of(train, skeleton);
    List<float[][]> read =
        train.examples().stream().map(r -> withDeltas(measurements.of(r), config)).toList();
    if (read.stream().allMatch(steps -> steps.length == 0)) {
      throw UserError.data(train.source(), "nothing was measured in any of its recordings");
    }
    return new ActivityEncoder(measurements, labels, Standardisation.fitPresent(read), config);
  }

  private static float[][] withDeltas(float[][] values, ActivityConfig config) {
    return config.deltas() > 0 ? Deltas.beside(values, config.deltas()) : values;
  }

  @Override
  public Motion prepare(Recording recording) {
    int label = recording.label() == null ? Motion.UNLABELLED : label(recording.label());
    return new Motion(Gaps.filled(measurements.of(recording), standard.mean()), label);
  }

  /** Another motion of the same kind, for training. */
  Variation<Motion> variation() {
    int channels = measurements.channels().size();
    Standardisation scale =
        new Standardisation(
            Arrays.copyOf(standard.mean(), channels),
            Arrays.copyOf(standard.deviation(), channels));
    Augmentation augmentation = new Augmentation(config.augmentation(), scale);
    Variation<float[][]> bones =
        config.boneLengths() > 0
            ? new BoneLengths(measurements.skeleton().orElseThrow(), config.boneLengths())
            : (figure, random) -> figure;
    return (motion, random) ->
        new Motion(augmentation.vary(bones.vary(motion.values(), random), random), motion.label());
  }

  @Override
  public int length(Motion motion) {
    return Math.max(1, Stacking.steps(motion.values().length, config.stack()));
  }

  @Override
  public MultiDataSet encode(List<Motion> motions) {
    List<SequenceBatch> inputs = inputs(motions);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {SequenceBatch.oneHot(motions, labels.size(), Motion::label)},
        SequenceBatch.masks(inputs),
        new INDArray[] {null});
  }

  @Override
  public List<SequenceBatch> inputs(List<Motion> motions) {
    return List.of(SequenceBatch.vectors(features(), motions.stream().map(this::vectors).toList()));
  }

  private float[][] vectors(Motion motion) {
    return Stacking.of(standard.apply(withDeltas(motion.values(), config)), config.stack());
  }

  /** How many values the network reads a step. */
  int features() {
    return standard.channels() * config.stack();
  }

  /**
   * The index of a label.
   *
   * @throws UserError if the training data did not have it
   */
  public int label(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw UserError.data(
          "label '" + label + "'", "not among those of the training data, " + labels);
    }
    return index;
  }

  /** The labels, in the order of the network's outputs. */
  public List<String> labels() {
    return labels;
  }

  Measurements measurements() {
    return measurements;
  }

  Standardisation standard() {
    return standard;
  }
}
