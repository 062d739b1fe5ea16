package dev.unroll.activity;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.Corpus;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import dev.unroll.training.vectors.Resampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model takes for measurements: which channels, how often a second, and whether they are the
 * joints of a figure. Every recording is brought to it before anything else.
 *
 * @param channels the names of the channels, in the order in which the network reads them
 * @param rate steps a second, or 0 if the training data did not say
 * @param skeleton the figure, if the channels are its joints
 */
record Measurements(List<String> channels, double rate, Optional<Skeleton> skeleton) {
  private static final String ENTRY = "measurements.json";
  private static final String SKELETON = "skeleton.json";

  /** Rates that differ by less are the same. */
  private static final double SAME = 0.01;

  /** Refuses a figure that is not of these channels. */
  Measurements {
    channels = List.copyOf(channels);
    int count = channels.size();
    if (skeleton.isPresent() && skeleton.get().channels().size() != count) {
      throw new IllegalArgumentException(count + " channels for " + skeleton.get());
    }
  }

  /**
   * What the recordings of a training part are.
   *
   * @throws UserError if the joints of the skeleton are not among their channels
   */
  static Measurements of(Corpus<Recording> train, Optional<Skeleton> skeleton) {
    List<String> channels = train.examples().get(0).channels();
    double[] rates =
        train.examples().stream()
            .mapToDouble(Recording::rate)
            .filter(rate -> rate > 0)
            .sorted()
            .toArray();
    double rate = rates.length == 0 ? 0 : rates[rates.length / 2];
    if (skeleton.isEmpty()) {
      return new Measurements(channels, rate, skeleton);
    }
    List<String> joints = skeleton.get().channels();
    boolean numbered = channels.equals(Channels.numbered(channels.size()));
    if (numbered ? channels.size() != joints.size() : !channels.containsAll(joints)) {
      throw UserError.data(
          train.source(),
          "its %d channels are not those of the skeleton, which are %s"
              .formatted(channels.size(), joints));
    }
    return new Measurements(numbered ? channels : joints, rate, skeleton);
  }

  /**
   * The values of a recording in this order, at this rate, as the figure is seen from its root,
   * without the steps of which nothing was measured.
   *
   * @return {@code [time][channels]}, in which single values may be missing
   * @throws UserError if the recording lacks a channel
   */
  float[][] of(Recording recording) {
    float[][] values = Channels.arrange(recording, channels);
    if (skeleton.isPresent()) {
      values = skeleton.get().seenFromRoot(values);
    }
    values = Gaps.measured(values);
    double ratio = rate > 0 && recording.rate() > 0 ? rate / recording.rate() : 1;
    return values.length == 0 || Math.abs(ratio - 1) < SAME
        ? values
        : Resampling.to(values, (int) Math.max(1, Math.round(values.length * ratio)));
  }

  void write(ModelFileWriter file) {
    file.json(ENTRY, Map.of("channels", channels, "rate", List.of(String.valueOf(rate))));
    skeleton.ifPresent(figure -> file.json(SKELETON, figure));
  }

  static Measurements read(ModelFile file, boolean figure) {
    var entry = file.json(ENTRY, new TypeToken<Map<String, List<String>>>() {});
    try {
      Optional<Skeleton> skeleton =
          figure
              ? Optional.of(file.json(SKELETON, TypeToken.get(Skeleton.class)))
              : Optional.empty();
      return new Measurements(
          entry.get("channels"), Double.parseDouble(entry.get("rate").get(0)), skeleton);
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
      throw file.damaged("'" + ENTRY + "' is incomplete");
    }
  }
}
