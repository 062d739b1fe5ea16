package dev.unroll.activity;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A few recordings of two sensors that rise, fall, or rise and fall. */
final class Handful {
  static final List<String> CHANNELS = List.of("left", "right");
  static final List<Recording> RECORDINGS = recordings();

  private Handful() {}

  private static List<Recording> recordings() {
    Random random = new Random(1);
    List<Recording> recordings = new ArrayList<>();
    for (String label : List.of("down", "peak", "up")) {
      for (int i = 0; i < 3; i++) {
        int steps = 5 + 2 * i;
        float[][] values = new float[steps][];
        for (int t = 0; t < steps; t++) {
          float share = (float) t / (steps - 1);
          float shape =
              switch (label) {
                case "down" -> 1 - share;
                case "up" -> share;
                default -> 1 - Math.abs(2 * share - 1);
              };
          values[t] = new float[] {20 + shape, (float) random.nextGaussian()};
        }
        recordings.add(new Recording(label + i, label, "p" + i, CHANNELS, 0, values));
      }
    }
    return recordings;
  }

  static Corpus<Recording> corpus() {
    return new Corpus<>(RECORDINGS, "a handful", "none");
  }

  static ActivityConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "hidden", "10",
                "epochs", "25",
                "batch", "4",
                "learning-rate", "0.02",
                "dropout", "0",
                "tempo", "0.1",
                "gain", "0.02"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return ActivityConfig.with(overrides);
  }

  static ActivityModel train(ActivityConfig config) {
    Corpus<Recording> recordings = corpus();
    return ActivityTrainer.train(
        config, ActivityEncoder.fit(recordings, config), new Split<>(recordings, recordings));
  }

  /** The recordings as a table of a step a line. */
  static String csv() {
    StringBuilder csv = new StringBuilder("id,label,subject,left,right\n");
    for (Recording recording : RECORDINGS) {
      for (float[] step : recording.values()) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s\n",
                recording.id(),
                recording.label(),
                recording.subject(),
                step[0],
                step[1]));
      }
    }
    return csv.toString();
  }
}
