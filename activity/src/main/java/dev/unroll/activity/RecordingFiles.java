package dev.unroll.activity;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import dev.unroll.data.Splitter;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Reads recordings as the options on the command line say. */
final class RecordingFiles {
  private static final int MOST_SHOWN = 10;

  private RecordingFiles() {}

  static Corpus<Recording> read(DataFile file) {
    return RecordingReader.read(file.text(), file.format(RecordingFormat.class));
  }

  /**
   * The same recordings of the subjects that a file names, a line each.
   *
   * @throws UserError if it has not as many lines as there are recordings
   */
  static Corpus<Recording> withSubjects(Corpus<Recording> recordings, Path file) {
    List<String> subjects = new ArrayList<>();
    try (LineReader lines = TextSource.of(file).open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        subjects.add(line.strip());
      }
    }
    if (subjects.size() != recordings.size()) {
      throw UserError.data(
          file,
          "%d lines for %d recordings; it has a line for each, with who it is of"
              .formatted(subjects.size(), recordings.size()));
    }
    List<Recording> known = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      known.add(recordings.examples().get(i).of(subjects.get(i)));
    }
    return new Corpus<>(known, recordings.source(), recordings.digest(), recordings.format());
  }

  /** By subject where all are known and there are several, so that dev has other people. */
  static Splitter<Recording> splitter(Corpus<Recording> recordings, long seed) {
    List<String> subjects = subjects(recordings);
    return subjects.size() > 1 && !subjects.contains(null)
        ? Splitter.<Recording>byGroup(seed, all -> all.stream().map(Recording::subject).toList())
        : Splitter.stratified(seed, Recording::label);
  }

  /** Refuses recordings of activities that a model does not know. */
  static void checkLabels(Corpus<Recording> recordings, List<String> labels) {
    for (Recording recording : recordings.examples()) {
      if (recording.label() == null) {
        throw UserError.data(
            recordings.source(),
            "recording " + recording.id() + " has no label to judge by; add it");
      }
      if (!labels.contains(recording.label())) {
        throw UserError.data(
            recordings.source(),
            "the label '%s' of recording %s is not among those of the training data, %s"
                .formatted(recording.label(), recording.id(), labels));
      }
    }
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Recording> recordings) {
    List<Recording> all = recordings.examples();
    List<String> labels =
        all.stream().map(Recording::label).filter(Objects::nonNull).distinct().sorted().toList();
    var steps = all.stream().mapToInt(Recording::steps).summaryStatistics();
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d recordings of %s steps, %d channels, %d labels%s, read as %s",
                all.size(),
                steps.getMin() == steps.getMax()
                    ? String.valueOf(steps.getMax())
                    : steps.getMin() + " to " + steps.getMax(),
                all.get(0).channels().size(),
                labels.size(),
                labels.isEmpty() || labels.size() > MOST_SHOWN ? "" : " " + labels,
                recordings.format()));
    List<String> subjects = subjects(recordings);
    if (!subjects.contains(null)) {
      text.append(", of ").append(subjects.size()).append(" subjects");
    }
    long missing = all.stream().mapToLong(Recording::missing).sum();
    if (missing > 0) {
      long values = all.stream().mapToLong(r -> (long) r.steps() * r.channels().size()).sum();
      long gaps = all.stream().filter(r -> r.missing() > 0).count();
      text.append(
          String.format(
              Locale.ROOT,
              "; %,d of %,d values are missing, in %d recordings",
              missing,
              values,
              gaps));
    }
    return text.toString();
  }

  private static List<String> subjects(Corpus<Recording> recordings) {
    return new ArrayList<>(
        recordings.examples().stream().map(Recording::subject).distinct().toList());
  }
}
