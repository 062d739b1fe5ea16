package dev.unroll.majority;

import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Knows the labels that there are, the commonest first. */
record MajorityModel(List<String> labels) {
  static MajorityModel load(Path file) {
    try {
      return new MajorityModel(Files.readAllLines(file));
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read; train a model first", e);
    }
  }

  void save(Path file) {
    try {
      Files.write(file, labels);
    } catch (IOException e) {
      throw UserError.failed(file + ": cannot be written; name another file", e);
    }
  }

  List<Note> classify(List<String> texts) {
    return texts.stream().map(text -> new Note(labels.get(0), text)).toList();
  }

  Confusion evaluate(List<Note> notes) {
    List<String> all =
        Stream.concat(labels.stream(), notes.stream().map(Note::label))
            .distinct()
            .sorted()
            .toList();
    Confusion scores = new Confusion(all);
    double[] probabilities = new double[all.size()];
    probabilities[all.indexOf(labels.get(0))] = 1;
    notes.forEach(note -> scores.add(all.indexOf(note.label()), probabilities));
    return scores;
  }
}
