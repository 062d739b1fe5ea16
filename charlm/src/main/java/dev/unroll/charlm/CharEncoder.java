package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.generation.Stretch;
import dev.unroll.generation.SymbolWriter;
import dev.unroll.generation.Symbols;
import dev.unroll.generation.language.CharacterSymbols;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.Encoder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns text into symbols and symbols into text: Unicode code points, or words. Symbol 0 is {@code
 * <UNK>}, which stands for all that is not in the vocabulary; the last symbol is {@code <EOS>}, the
 * end of a text and the beginning of the next.
 *
 * <pre>
 *   documents   "ab", "c"     &lt;EOS&gt; a b &lt;EOS&gt; c &lt;EOS&gt;        line breaks are symbols like others
 *   lines       "ab", "c"     the same                      every line break is an &lt;EOS&gt;
 * </pre>
 *
 * <p>The first {@code <EOS>} is read and not predicted, so that the first character is predicted
 * from something. Where the configuration asks for the {@link CharLmConfig#reverse reverse}, all of
 * it is turned round, symbol by symbol (characters beyond the Basic Multilingual Plane are one
 * symbol each, and stay whole):
 *
 * <pre>
 *   reversed    "ab", "c"     &lt;EOS&gt; c &lt;EOS&gt; b a &lt;EOS&gt;
 * </pre>
 *
 * <p>The arrays of a batch are
 *
 * <pre>
 *   ids      [batch, 1, time]   0  7  3  .     what is read
 *   labels   [batch, 1, time]   7  3  9  .     what comes next
 *   masks    [batch, time]      1  1  1  0     absent where all sequences are of one length
 * </pre>
 */
public final class CharEncoder implements Encoder<String, Stretch> {
  private static final int MILLION = 1_000_000;

  private final Vocabulary vocabulary;
  private final Level level;
  private final Ending ending;
  private final Tokenizer tokenizer;
  private final CharacterSymbols characters;
  private final boolean reverse;

  /** An encoder whose symbols are known, as when a model is loaded. */
  public CharEncoder(Vocabulary vocabulary, CharLmConfig config) {
    this.vocabulary = vocabulary;
    this.level = config.level();
    this.ending = config.ending();
    this.tokenizer = config.words();
    this.characters = new CharacterSymbols(vocabulary, ending == Ending.LINE);
    this.reverse = config.reverse();
  }

  /** An encoder that knows the symbols of {@code train} that are frequent enough. */
  public static CharEncoder fit(Corpus<Passage> train, CharLmConfig config) {
    SymbolCounts counts = new SymbolCounts(config);
    train.examples().forEach(passage -> passage.text().read(counts::add));
    Vocabulary vocabulary = counts.vocabulary();
    if (vocabulary.size() == 1) {
      throw UserError.data(
          train.source(),
          "no symbol occurs %d times, as %s asks; give more text or a smaller one"
              .formatted(config.minCount(), setting("min-count")));
    }
    return new CharEncoder(vocabulary, config);
  }

  /** Passages one after the other, in the direction in which they are read. */
  EncodedText encodeAll(List<Passage> passages) {
    return encodeAll(passages, () -> {});
  }

  /**
   * The same.
   *
   * @param between is called after a million symbols, and another; what it throws ends the work
   */
  EncodedText encodeAll(List<Passage> passages, Runnable between) {
    long characters = 0;
    for (Passage passage : passages) {
      characters += passage.characters() + (passage.ended() && ending == Ending.LINE ? 1 : 0);
    }
    long most = 2 + characters + passages.size();
    long[] unknown = {0};
    long[] pause = {MILLION};
    try (SymbolWriter symbols = new SymbolWriter(symbols(), level == Level.WORD ? 0 : most)) {
      symbols.add(endSymbol());
      for (Passage passage : passages) {
        passage
            .text()
            .read(
                piece -> {
                  addText(
                      piece,
                      symbol -> {
                        unknown[0] += symbol == unknownSymbol() ? 1 : 0;
                        symbols.add(symbol);
                      });
                  if (symbols.size() >= pause[0]) {
                    pause[0] = symbols.size() + MILLION;
                    between.run();
                  }
                });
        if (passage.ended()) {
          symbols.add(endSymbol());
        }
      }
      if (reverse && symbols.last() != endSymbol()) {
        symbols.add(endSymbol()); // a text that was cut off has no end to be read first
      }
      return new EncodedText(inDirection(symbols.finish()), characters, unknown[0]);
    }
  }

  private Symbols inDirection(Symbols symbols) {
    return reverse ? symbols.reversed() : symbols;
  }

  /** How many of {@code symbols} stand for something that is not known. */
  long unknown(int[] symbols) {
    return Arrays.stream(symbols).filter(symbol -> symbol == unknownSymbol()).count();
  }

  /** A line with the line ends before and behind it: what is read first, and predicted last. */
  int[] line(String text) {
    int[] begun = prime(text);
    int[] line = Arrays.copyOf(begun, begun.length + 1);
    line[begun.length] = lineEnd();
    return line;
  }

  /** A text to go on from, behind the line end that is read before it. */
  int[] prime(String text) {
    IntStream.Builder symbols = IntStream.builder();
    addText(text, symbols);
    Symbols read = inDirection(Symbols.of(symbols.build().toArray()));
    int[] primed = new int[1 + (int) read.size()];
    primed[0] = lineEnd();
    read.read(0, primed, 1, primed.length - 1);
    return primed;
  }

  private void addText(String text, IntConsumer symbols) {
    if (level == Level.CHARACTER) {
      for (int i = 0; i < text.length(); ) {
        int codePoint = text.codePointAt(i);
        symbols.accept(characters.of(codePoint));
        i += Character.charCount(codePoint);
      }
      return;
    }
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        symbols.accept(endSymbol());
      }
      for (String word : tokenizer.words(lines[i])) {
        symbols.accept(vocabulary.id(word));
      }
    }
  }

  /** What {@code symbol} adds to a text of which {@code previous} was the last symbol. */
  String spell(int previous, int symbol) {
    if (symbol == endSymbol()) {
      return "\n";
    }
    String text = vocabulary.word(symbol);
    return level == Level.WORD && previous != endSymbol() ? " " + text : text;
  }

  /** The number of symbols, {@code <UNK>} and {@code <EOS>} among them. */
  public int symbols() {
    return characters.size();
  }

  /** The symbol of everything that is not known. */
  int unknownSymbol() {
    return Vocabulary.UNKNOWN_ID;
  }

  /** The symbol between texts. */
  int endSymbol() {
    return characters.end();
  }

  /** The symbol between lines: that between texts, unless line breaks are characters. */
  int lineEnd() {
    return characters.lineEnd();
  }

  /** Whether a prediction counts in a score: the end of a document is no character of it. */
  boolean counts(int symbol) {
    return symbol != endSymbol() || ending == Ending.LINE;
  }

  /** The symbols that are known. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** A line to read and to predict; see {@link #line}. */
  @Override
  public Stretch prepare(String line) {
    return Stretch.of(line(line));
  }

  @Override
  public int length(Stretch stretch) {
    return Math.max(1, stretch.length());
  }

  @Override
  public MultiDataSet encode(List<Stretch> stretches) {
    return Stretch.encode(stretches);
  }
}
