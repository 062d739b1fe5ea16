package dev.unroll.music;

import dev.unroll.generation.Stretch;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.training.Batches;
import java.util.ArrayList;
import java.util.List;

/**
 * How probable a network finds each symbol of pieces, among those that the grammar allows at its
 * place. Pieces are read independently, each from its beginning; a long one window by window.
 */
final class SymbolScores {
  private static final int BATCH = 32;

  /** Most steps of all pieces in one call. */
  private static final int STEPS = 8192;

  private final MusicEncoder encoder;
  private final ForwardNetwork network;

  SymbolScores(MusicEncoder encoder, ForwardNetwork network) {
    this.encoder = encoder;
    this.network = network;
  }

  /**
   * Natural logarithms of probabilities: element {@code t} of a piece is that of its symbol {@code
   * t + 1} after those before it.
   */
  List<double[]> of(List<int[]> pieces) {
    int[] lengths = pieces.stream().mapToInt(piece -> piece.length - 1).toArray();
    List<double[]> scores = new ArrayList<>();
    for (int length : lengths) {
      scores.add(new double[length]);
    }
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, STEPS)) {
      score(positions, pieces, scores);
    }
    return scores;
  }

  private void score(List<Integer> positions, List<int[]> pieces, List<double[]> scores) {
    List<Grammar> grammars = positions.stream().map(i -> encoder.codec().grammar()).toList();
    int longest = positions.stream().mapToInt(i -> scores.get(i).length).max().orElse(0);
    int window = Math.max(1, STEPS / positions.size());
    network.carry();
    try {
      for (int from = 0; from < longest; from += window) {
        List<Stretch> stretches = new ArrayList<>();
        for (int position : positions) {
          int[] symbols = pieces.get(position);
          int begin = Math.min(from, symbols.length - 1);
          stretches.add(new Stretch(symbols, begin, Math.min(window, symbols.length - 1 - begin)));
        }
        float[] probabilities = network.read(List.of(Stretch.steps(stretches))).toArray();
        int rows = stretches.size();
        for (int row = 0; row < rows; row++) {
          Stretch stretch = stretches.get(row);
          double[] target = scores.get(positions.get(row));
          for (int t = 0; t < stretch.length(); t++) {
            target[from + t] =
                log(probabilities, t * rows + row, stretch.target(t), grammars.get(row));
          }
        }
      }
    } finally {
      network.forget();
    }
  }

  private double log(float[] probabilities, int step, int symbol, Grammar grammar) {
    int symbols = encoder.symbols();
    double allowed = 0;
    for (int i = 0; i < symbols; i++) {
      allowed += grammar.allows(i) ? probabilities[step * symbols + i] : 0;
    }
    double chosen = Math.max(probabilities[step * symbols + symbol], Float.MIN_NORMAL);
    grammar.read(symbol);
    return Math.log(chosen / Math.max(allowed, chosen));
  }
}
