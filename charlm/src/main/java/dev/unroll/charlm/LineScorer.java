package dev.unroll.charlm;

import dev.unroll.generation.Stretch;
import dev.unroll.training.Batches;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;

/** How probable lines are, many at once, those of like length together. */
final class LineScorer {
  private static final int BATCH = 64;

  private LineScorer() {}

  /** One score a line, in the same order. */
  static List<LineScore> score(List<String> lines, CharEncoder encoder, TrainedNetwork network) {
    List<Stretch> texts = encoder.prepareAll(lines);
    int[] lengths = texts.stream().mapToInt(encoder::length).toArray();
    double[] logs = new double[texts.size()];
    int steps = TextProbability.stepsAtOnce(encoder.symbols());
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, steps)) {
      double[] batch =
          network.with(
              lent ->
                  TextProbability.each(lent, encoder, positions.stream().map(texts::get).toList()));
      for (int i = 0; i < batch.length; i++) {
        logs[positions.get(i)] = batch[i];
      }
    }
    List<LineScore> scores = new ArrayList<>(logs.length);
    for (int i = 0; i < logs.length; i++) {
      String line = lines.get(i);
      int characters = line.codePointCount(0, line.length()) + 1;
      long unknown = encoder.unknown(texts.get(i).symbols());
      scores.add(new LineScore(line, logs[i], logs[i] / characters, unknown));
    }
    return scores;
  }
}
