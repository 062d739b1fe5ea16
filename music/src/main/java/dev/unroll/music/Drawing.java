package dev.unroll.music;

import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.generation.SymbolChooser;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Draws symbol after symbol from a model, and can go back to a place that was marked. */
final class Drawing {
  private static final int NOW = 0;
  private static final int MARK = 1;

  private final NextSymbol model;
  private final SymbolChooser chooser;
  private final SplittableRandom random;
  private float[] next;
  private float[] marked;

  /** Begins a piece. */
  Drawing(NextSymbol model, SamplingConfig sampling, SplittableRandom random) {
    this.model = model;
    this.chooser = new SymbolChooser(sampling, new BitSet());
    this.random = random;
    model.begin(2);
    read(Codec.END);
    mark();
  }

  /** Goes on behind a symbol. */
  void read(int symbol) {
    next = model.read(new int[] {symbol})[0];
  }

  /** Draws a symbol among those allowed, of which there is at least one. */
  int draw(IntPredicate allowed) {
    float[] logs = next.clone();
    for (int i = 0; i < logs.length; i++) {
      if (!allowed.test(i)) {
        logs[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return chooser.choose(logs, random.nextDouble());
  }

  /** Marks this place. */
  void mark() {
    model.branch(new int[] {NOW, NOW});
    marked = next;
  }

  /** Goes back to the place that was marked last. */
  void back() {
    model.branch(new int[] {MARK, MARK});
    next = marked;
  }
}
