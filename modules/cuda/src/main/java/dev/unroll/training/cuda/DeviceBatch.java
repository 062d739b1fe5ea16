package dev.unroll.training.cuda;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A batch as the parts of a network see it before a step. */
final class DeviceBatch {
  private final List<String> inputs;
  private final MultiDataSet data;
  private final Parcel parcel;
  private final Map<String, Optional<Lengths>> lengths = new HashMap<>();

  /**
   * A batch.
   *
   * @param inputs the names of the network's inputs
   */
  DeviceBatch(List<String> inputs, MultiDataSet data, Parcel parcel) {
    this.inputs = inputs;
    this.data = data;
    this.parcel = parcel;
  }

  /** The number of examples. */
  int size() {
    return Math.toIntExact(data.getFeatures(0).size(0));
  }

  /** The number of sequences of an input. */
  int size(String input) {
    return Math.toIntExact(features(input).size(0));
  }

  /** {@code [batch, features, time]} or {@code [batch, time]}. */
  INDArray features(String input) {
    return data.getFeatures(inputs.indexOf(input));
  }

  /** The mask of an input, {@code [batch, time]}, or null. */
  INDArray featureMask(String input) {
    return data.getFeaturesMaskArray(inputs.indexOf(input));
  }

  /** The mask of an input by step and sequence, or null. */
  float[] mask(String input) {
    return Masks.timeMajor(featureMask(input), size(input), steps(input));
  }

  /**
   * The vectors of an input by step and sequence: {@code [time, batch, features]}, zeros where it
   * is masked.
   */
  float[] vectors(String input) {
    INDArray ordered = TimeMajor.of(features(input).castTo(DataType.FLOAT));
    float[] values = new float[Math.toIntExact(ordered.length())];
    NativeMemory.read(ordered, values, values.length);
    float[] mask = mask(input);
    int width = Math.toIntExact(ordered.size(1));
    for (int i = 0; mask != null && i < mask.length; i++) {
      if (mask[i] == 0) {
        Arrays.fill(values, i * width, (i + 1) * width, 0);
      }
    }
    return values;
  }

  int steps(String input) {
    INDArray features = features(input);
    return Math.toIntExact(features.size(features.rank() - 1));
  }

  /** How long the sequences of an input are; empty if the device cannot read them. */
  Optional<Lengths> lengths(String input) {
    return lengths.computeIfAbsent(
        input, name -> Lengths.of(mask(name), size(name), steps(name), parcel));
  }

  INDArray labels() {
    return data.getLabels(0);
  }

  /** {@code [batch, time]}, or null. */
  INDArray labelMask() {
    return data.getLabelsMaskArray(0);
  }

  /**
   * Which steps count, {@code [batch, time]}: those of the labels' mask, or else those there are.
   */
  INDArray stepMask(Lengths lengths) {
    return labelMask() != null ? labelMask() : lengths.mask();
  }
}
