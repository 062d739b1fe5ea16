package dev.unroll.music;

import dev.unroll.generation.KneserNey;
import dev.unroll.layers.forward.ForwardNetwork;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

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
  MusicScores score(ForwardNetwork network, Optional<KneserNey> baseline) {
    int order = baseline.map(KneserNey::order).orElse(0);
    return each(network, baseline).stream()
        .reduce(new MusicScores(0, 0, 0, 0, 0, order, 0), MusicScores::plus);
  }

  /** One by one, in the order of the pieces. */
  List<MusicScores> each(ForwardNetwork network, Optional<KneserNey> baseline) {
    List<double[]> logs = logs(network);
    List<MusicScores> scores = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      scores.add(score(i, logs.get(i), baseline));
    }
    return scores;
  }

  /** How probable a network finds each symbol of each piece; see {@link SymbolScores#of}. */
  List<double[]> logs(ForwardNetwork network) {
    return new SymbolScores(encoder, network).of(symbols);
  }

  /** One piece whose symbols are as probable as {@link #logs} says. */
  MusicScores score(int i, double[] logs, Optional<KneserNey> baseline) {
    int[] piece = symbols.get(i);
    Codec codec = encoder.codec();
    BitSet counted = codec.counted(piece);
    double nats = 0;
    double other = 0;
    for (int at = counted.nextSetBit(1); at >= 0; at = counted.nextSetBit(at + 1)) {
      nats -= logs[at - 1];
      int place = at;
      other -= baseline.map(ngrams -> Math.log(ngrams.probability(piece, place))).orElse(0.0);
    }
    return new MusicScores(
        1,
        codec.steps(pieces.get(i)),
        codec.notes(pieces.get(i), piece),
        codec.characters(piece),
        nats,
        0,
        other);
  }
}
