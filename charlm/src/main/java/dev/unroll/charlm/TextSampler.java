package dev.unroll.charlm;

import dev.unroll.generation.BeamSearch;
import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.StopString;
import dev.unroll.generation.SymbolChooser;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Lets a model write. */
final class TextSampler {
  private final NextSymbol model;
  private final CharEncoder encoder;
  private final BitSet excluded = new BitSet();

  TextSampler(NextSymbol model, CharEncoder encoder) {
    this.model = model;
    this.encoder = encoder;
    excluded.set(encoder.unknownSymbol()); // nobody can read it
    if (encoder.lineEnd() != encoder.endSymbol()) {
      excluded.set(encoder.endSymbol()); // a document goes on for as long as was asked for
    }
  }

  /** Writes the prime text and what the model adds to it, each symbol as soon as it is certain. */
  void write(SampleRequest request, Consumer<String> out) {
    int[] prime = encoder.prime(request.prime());
    model.begin(1);
    float[] next = null;
    for (int symbol : prime) {
      next = model.read(new int[] {symbol})[0];
    }
    if (!request.prime().isEmpty()) {
      out.accept(request.prime());
    }
    StopString text = new StopString(request.stop(), out);
    int last = prime[prime.length - 1];
    if (request.beam() > 0) {
      search(request, next, last, text);
    } else {
      draw(request, next, last, text);
    }
    text.end();
  }

  private void draw(SampleRequest request, float[] first, int last, StopString text) {
    SymbolChooser chooser = new SymbolChooser(request.sampling(), excluded);
    SplittableRandom random = new SplittableRandom(request.seed());
    float[] next = first;
    int previous = last;
    int lines = 0;
    for (int i = 0; i < request.length(); i++) {
      int symbol = chooser.choose(next, random.nextDouble());
      boolean more = text.accept(encoder.spell(previous, symbol));
      lines += symbol == encoder.lineEnd() ? 1 : 0;
      if (!more || (request.lines() > 0 && lines == request.lines())) {
        return;
      }
      previous = symbol;
      if (i + 1 < request.length()) {
        next = model.read(new int[] {symbol})[0];
      }
    }
  }

  private void search(SampleRequest request, float[] first, int last, StopString text) {
    BeamSearch search =
        new BeamSearch(request.beam(), excluded, symbols -> finished(request, last, symbols));
    int previous = last;
    for (int symbol : search.search(model, first, request.length()).symbols()) {
      text.accept(encoder.spell(previous, symbol));
      previous = symbol;
    }
  }

  private boolean finished(SampleRequest request, int last, int[] symbols) {
    if (request.lines() > 0) {
      long lines = Arrays.stream(symbols).filter(symbol -> symbol == encoder.lineEnd()).count();
      if (lines == request.lines()) {
        return true;
      }
    }
    if (request.stop().isEmpty()) {
      return false;
    }
    StringBuilder text = new StringBuilder();
    int previous = last;
    for (int symbol : symbols) {
      text.append(encoder.spell(previous, symbol));
      previous = symbol;
    }
    return text.indexOf(request.stop()) >= 0;
  }
}
