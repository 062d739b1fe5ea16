package dev.unroll.charlm;

import dev.unroll.charlm.Piece.Alternative;
import dev.unroll.generation.BeamSearch;
import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.StopString;
import dev.unroll.generation.SymbolChooser;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Lets a model write. */
final class TextSampler {
  private final NextSymbol model;
  private final CharEncoder encoder;
  private final int alternatives;
  private final BitSet excluded = new BitSet();
  private List<Alternative> beside = List.of(); // the symbol that is written

  /**
   * @param alternatives how many to tell with each symbol that is drawn
   */
  TextSampler(NextSymbol model, CharEncoder encoder, int alternatives) {
    this.model = model;
    this.encoder = encoder;
    this.alternatives = alternatives;
    excluded.set(encoder.unknownSymbol()); // nobody can read it
    if (encoder.lineEnd() != encoder.endSymbol()) {
      excluded.set(encoder.endSymbol()); // a document goes on for as long as was asked for
    }
  }

  /** Writes the prime text and what the model adds to it, each symbol as soon as it is certain. */
  void write(SampleRequest request, Consumer<Piece> out) {
    int[] prime = encoder.prime(request.prime());
    model.begin(1);
    float[] next = null;
    for (int symbol : prime) {
      next = model.read(new int[] {symbol})[0];
    }
    if (!request.prime().isEmpty()) {
      out.accept(new Piece(request.prime(), List.of()));
    }
    StopString text = new StopString(request.stop(), piece -> out.accept(new Piece(piece, beside)));
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
      if (alternatives > 0 && request.stop().isEmpty()) { // else a piece may be of several symbols
        beside = likeliest(next, previous);
      }
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

  private List<Alternative> likeliest(float[] logProbabilities, int previous) {
    return IntStream.range(0, logProbabilities.length)
        .filter(symbol -> !excluded.get(symbol))
        .boxed()
        .sorted(Comparator.comparingDouble(symbol -> -logProbabilities[symbol]))
        .limit(alternatives)
        .map(s -> new Alternative(encoder.spell(previous, s), Math.exp(logProbabilities[s])))
        .toList();
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
