package dev.unroll.benchmarks;

import dev.unroll.activity.ActivityConfig;
import dev.unroll.activity.ActivityEncoder;
import dev.unroll.activity.ActivityModel;
import dev.unroll.activity.ActivityTrainer;
import dev.unroll.activity.Recording;
import dev.unroll.activity.RecordingReader;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.Splitter;
import dev.unroll.evaluation.Confusion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains recognisers of activities on all of several training parts, in one process, and scores
 * them: on test parts, or on folds of the training part, for choosing settings without the test.
 *
 * <p>Arguments are the seeds. Standard input has a line a run: {@code name train test labels
 * key=value …}, parted by blanks, where {@code test} may be {@code folds:4}, and {@code labels} is
 * {@code all} or those that are kept, parted by commas.
 */
public final class ActivityScores {
  private static final String FOLDS = "folds:";

  private ActivityScores() {}

  public static void main(String... seeds) throws IOException {
    List<String[]> runs = new ArrayList<>();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      runs.add(line.strip().split("\\s+"));
    }
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    for (String seed : seeds) { // so that a run that is stopped has some of each
      for (String[] run : runs) {
        long start = System.nanoTime();
        double accuracy = accuracy(run, seed);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT, "%s\tseed %s\t%.2f %%\t%.0f s%n", run[0], seed, 100 * accuracy, seconds);
        accuracies.computeIfAbsent(run[0], name -> new ArrayList<>()).add(accuracy);
      }
    }
    accuracies.forEach(
        (name, all) -> {
          double[] sorted = all.stream().mapToDouble(a -> 100 * a).sorted().toArray();
          System.out.printf(
              Locale.ROOT,
              "%s\tmedian %.2f %%\tfrom %.2f to %.2f%n",
              name,
              sorted[sorted.length / 2],
              sorted[0],
              sorted[sorted.length - 1]);
        });
  }

  private static double accuracy(String[] run, String seed) {
    Map<String, String> settings = new HashMap<>(Map.of("seed", seed));
    for (int i = 4; i < run.length; i++) {
      String[] pair = run[i].split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    ActivityConfig config = ActivityConfig.with(settings);
    Corpus<Recording> train = read(run[1], run[3]);
    if (!run[2].startsWith(FOLDS)) {
      Corpus<Recording> test = read(run[2], run[3]);
      Split<Recording> split = new Split<>(train, Optional.empty(), Optional.empty());
      return evaluate(config, split, test).accuracy();
    }
    int count = Integer.parseInt(run[2].substring(FOLDS.length()));
    Splitter<Recording> splitter =
        train.examples().stream().anyMatch(recording -> recording.subject() == null)
            ? Splitter.stratified(1, Recording::label)
            : Splitter.<Recording>byGroup(1, all -> all.stream().map(Recording::subject).toList());
    return splitter.folds(train, count, 0).stream()
        .map(split -> evaluate(config, split, split.test().orElseThrow()))
        .reduce(Confusion::plus)
        .orElseThrow()
        .accuracy();
  }

  private static Confusion evaluate(
      ActivityConfig config, Split<Recording> split, Corpus<Recording> test) {
    ActivityEncoder encoder = ActivityEncoder.fit(split.train(), config);
    ActivityModel model =
        ActivityTrainer.train(
            config, encoder, new Split<>(split.train(), Optional.empty(), Optional.empty()));
    return model.evaluate(test.examples());
  }

  private static Corpus<Recording> read(String file, String labels) {
    Corpus<Recording> all = RecordingReader.read(Path.of(file));
    if (labels.equals("all")) {
      return all;
    }
    Set<String> kept = Set.of(labels.split(","));
    return new Corpus<>(
        all.examples().stream().filter(recording -> kept.contains(recording.label())).toList(),
        all.source(),
        all.digest());
  }
}
