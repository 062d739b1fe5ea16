package dev.unroll.music;

import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.score.Clock;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of each note of a piece how surprising it is, and what of the training part it is like. */
final class Explainer {
  private final MusicEncoder encoder;
  private final Repertoire repertoire;

  Explainer(MusicEncoder encoder, Repertoire repertoire) {
    this.encoder = encoder;
    this.repertoire = repertoire;
  }

  Explanation explain(Piece piece, ForwardNetwork network) {
    Score score = piece.score();
    Clock clock = new Clock(score);
    PieceScorer scorer = new PieceScorer(encoder, List.of(piece));
    double[] logs = scorer.logs(network).get(0);
    Map<Long, double[]> surprise = surprise(encoder.codec().encode(piece), logs);
    List<Explanation.Sounding> notes = new ArrayList<>();
    for (Note note : score.notes()) {
      notes.add(
          new Explanation.Sounding(
              note.voice(),
              note.pitch(),
              rounded(clock.seconds(note.start())),
              rounded(clock.seconds(note.end())),
              rounded(nats(note, surprise))));
    }
    MusicScores scores = scorer.score(0, logs, Optional.empty());
    return new Explanation(
        score.name(),
        notes,
        score.bars().stream().map(bar -> rounded(clock.seconds(bar))).toList(),
        rounded(clock.seconds(score.length())),
        scores.steps() == 0 ? 0 : rounded(scores.natsPerStep()),
        AbcWriter.write(score, 1),
        repertoire
            .nearest(score)
            .map(
                near ->
                    new Explanation.Likeness(
                        near.piece(),
                        near.notes(),
                        near.of(),
                        rounded(clock.seconds(near.start())),
                        rounded(clock.seconds(near.end())))));
  }

  /** By step and pitch: the sum of {@code -ln p}, and of how many. */
  private Map<Long, double[]> surprise(int[] symbols, double[] logs) {
    Map<Long, double[]> surprise = new HashMap<>();
    if (!(encoder.codec() instanceof NoteCodec notes)) {
      return surprise;
    }
    NoteAlphabet alphabet = notes.alphabet();
    int time = 0;
    double[] last = new double[2];
    for (int i = 1; i < symbols.length; i++) {
      if (alphabet.isWait(symbols[i])) {
        time += alphabet.waited(symbols[i]);
      } else if (alphabet.isNote(symbols[i])) {
        last =
            surprise.computeIfAbsent(place(time, alphabet.pitch(symbols[i])), p -> new double[2]);
        last[0] -= logs[i - 1];
        last[1]++;
      } else if (alphabet.isLength(symbols[i])) {
        last[0] -= logs[i - 1];
      }
    }
    return surprise;
  }

  private static long place(int step, int pitch) {
    return (long) step * Note.PITCHES + pitch;
  }

  private double nats(Note note, Map<Long, double[]> surprise) {
    if (!(encoder.codec() instanceof NoteCodec notes)) {
      return -1;
    }
    NoteAlphabet alphabet = notes.alphabet();
    double sum = 0;
    double count = 0;
    int from = (note.start() + alphabet.step() / 2) / alphabet.step();
    int to = alphabet.events() ? from + 1 : Math.max(from + 1, note.end() / alphabet.step());
    for (int step = from; step < to; step++) {
      double[] here = surprise.get(place(step, note.pitch()));
      if (here != null) {
        sum += here[0];
        count += here[1];
      }
    }
    return count == 0 ? -1 : sum / count;
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).doubleValue();
  }
}
