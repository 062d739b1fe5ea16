package dev.unroll.music;

import dev.unroll.generation.KneserNey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Scores networks on pieces, which are encoded once. */
final class PieceScorer {
  private final MusicEncoder encoder;
  private final List<Piece> pieces;
  private final List<int[]> symbols;

  PieceScorer(MusicEncoder encoder, List<Piece> pieces) {
    this.encoder = encoder;
    this.pieces = pieces;
    this.symbols = pieces.stream().map(encoder.codec()::encode).toList();
  }

  /** All pieces together. */
  MusicScores score(ComputationGraph network, Optional<KneserNey> baseline) {
    int order = baseline.map(KneserNey::order).orElse(0);
    return each(network, baseline).stream()
        .reduce(new MusicScores(0, 0, 0, 0, 0, order, 0), MusicScores::plus);
  }

  /** One by one, in the order of the pieces. */
  List<MusicScores> each(ComputationGraph network, Optional<KneserNey> baseline) {
    List<double[]> logs = new SymbolScores(encoder, network).of(symbols);
    List<MusicScores> scores = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      scores.add(one(i, logs.get(i), baseline));
    }
    return scores;
  }

  private MusicScores one(int i, double[] logs, Optional<KneserNey> baseline) {
    int[] piece = symbols.get(i);
    BitSet counted = encoder.codec().counted(piece);
    double nats = 0;
    double other = 0;
    for (int at = counted.nextSetBit(1); at >= 0; at = counted.nextSetBit(at + 1)) {
      nats -= logs[at - 1];
      int place = at;
      other -= baseline.map(ngrams -> Math.log(ngrams.probability(piece, place))).orElse(0.0);
    }
    Codec codec = encoder.codec();
    long notes =
        codec instanceof NoteCodec note
            ? counted.stream().filter(at -> note.isNote(piece[at])).count()
            : pieces.get(i).score().notes().size();
    return new MusicScores(
        1,
        codec.steps(pieces.get(i)),
        notes,
        codec instanceof AbcCodec ? counted.cardinality() : 0,
        nats,
        0,
        other);
  }
}
