package dev.unroll.majority;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Counts labels. */
final class MajorityTrainer {
  private final MajorityConfig config;
  private final TrainingListener listener;
  private final BooleanSupplier stop;

  /** What a training gives. */
  record Trained(MajorityModel model, Outcome outcome) {}

  MajorityTrainer(MajorityConfig config, TrainingListener listener, BooleanSupplier stop) {
    this.config = config;
    this.listener = listener;
    this.stop = stop;
  }

  Trained train(Split<Note> split) {
    if (stop.getAsBoolean()) {
      throw new TrainingStopped(null);
    }
    Corpus<Note> notes = split.train();
    int dev = split.dev().map(Corpus::size).orElse(0);
    listener.planned(new TrainingListener.Plan(1, 0, notes.size(), dev, 1));
    Map<String, Long> counts =
        notes.examples().stream()
            .collect(Collectors.groupingBy(Note::label, Collectors.counting()));
    List<String> labels =
        counts.keySet().stream()
            .filter(label -> counts.get(label) >= config.minCount())
            .sorted(Comparator.comparing((String label) -> -counts.get(label)))
            .toList();
    if (labels.isEmpty()) {
      throw UserError.data(notes.source(), "no label occurs often enough; lower min-count");
    }
    MajorityModel model = new MajorityModel(labels);
    Optional<DevScore> score = split.dev().map(part -> score(model.evaluate(part.examples())));
    double value = score.map(DevScore::value).orElse(Double.NaN);
    Duration elapsed = Duration.ofMillis(1);
    listener.epochEnded(new TrainingListener.Epoch(1, 0, score, true, 0, elapsed));
    listener.ended(new TrainingListener.Summary(1, 1, value, elapsed, "all is counted"));
    History history = new History();
    history.add(new History.Row(1, 0, value, Double.NaN, 0));
    Map<String, Double> metrics = score.map(DevScore::metrics).orElse(Map.of());
    return new Trained(model, new Outcome(1, 1, history, metrics, elapsed));
  }

  private static DevScore score(Confusion scores) {
    Map<String, Double> metrics = Map.of("accuracy", scores.accuracy());
    return new DevScore("accuracy", scores.accuracy(), true, Double.NaN, metrics);
  }
}
