package dev.unroll.embeddings;

import dev.unroll.data.TextReader;
import dev.unroll.data.TextSource;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads text of any size as sentences: one a line, the words cut by a {@link Tokenizer}. A line
 * that is longer than a buffer is cut between two words, so a corpus without line breaks, as text8
 * is one, is read in pieces of some ten thousand words.
 */
public final class SentenceReader {
  private static final int BUFFER = 1 << 16;

  private final List<TextSource> sources;
  private final Tokenizer tokenizer;
  private final boolean lowerCase;
  private final UnaryOperator<Sentence> change;

  /**
   * @param sources read one behind the other
   * @param tokenizer {@link Tokenizer#whitespace()} for text that is tokenised already
   * @param lowerCase whether words become lower case, by the rules of no language in particular
   */
  public SentenceReader(List<TextSource> sources, Tokenizer tokenizer, boolean lowerCase) {
    this(sources, tokenizer, lowerCase, UnaryOperator.identity());
  }

  private SentenceReader(
      List<TextSource> sources,
      Tokenizer tokenizer,
      boolean lowerCase,
      UnaryOperator<Sentence> change) {
    this.sources = List.copyOf(sources);
    this.tokenizer = tokenizer;
    this.lowerCase = lowerCase;
    this.change = change;
  }

  /** The same text with its phrases joined. */
  public SentenceReader joining(Phrases phrases) {
    return new SentenceReader(sources, tokenizer, lowerCase, s -> phrases.join(change.apply(s)));
  }

  /** Hands every sentence to {@code sink}, in order; lines without words are left out. */
  public void read(Consumer<Sentence> sink) {
    for (TextSource source : sources) {
      try (TextReader reader = source.openReader()) {
        read(reader, sink);
      }
    }
  }

  /** What is read, for messages. */
  public String name() {
    return String.join(", ", sources.stream().map(TextSource::name).toList());
  }

  private void read(TextReader reader, Consumer<Sentence> sink) {
    char[] buffer = new char[BUFFER];
    int held = 0; // characters of a line whose end is not there yet
    for (int n; (n = reader.read(buffer, held, BUFFER - held)) >= 0; ) {
      int begin = 0;
      int end = held + n;
      for (int i = held; i < end; i++) {
        if (buffer[i] == '\n' || buffer[i] == '\r') {
          emit(buffer, begin, i, sink);
          begin = i + 1;
        }
      }
      if (begin == 0 && end == BUFFER) {
        begin = lastSpace(buffer);
        emit(buffer, 0, begin, sink);
      }
      held = end - begin;
      System.arraycopy(buffer, begin, buffer, 0, held);
    }
    emit(buffer, 0, held, sink);
  }

  /** Where a full buffer may be cut: at its last white space, or at its end if it has none. */
  private static int lastSpace(char[] buffer) {
    for (int i = BUFFER - 1; i > 0; i--) {
      if (Character.isWhitespace(buffer[i])) {
        return i;
      }
    }
    return Character.isHighSurrogate(buffer[BUFFER - 1]) ? BUFFER - 1 : BUFFER;
  }

  private void emit(char[] buffer, int begin, int end, Consumer<Sentence> sink) {
    if (begin == end) {
      return;
    }
    String line = new String(buffer, begin, end - begin);
    List<String> words = tokenizer.words(lowerCase ? line.toLowerCase(Locale.ROOT) : line);
    if (!words.isEmpty()) {
      sink.accept(change.apply(new Sentence(words)));
    }
  }
}
