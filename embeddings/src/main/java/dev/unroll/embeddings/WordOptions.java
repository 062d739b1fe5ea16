package dev.unroll.embeddings;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which text is trained on, and what is a word in it. */
final class WordOptions {
  /** Pairs seen less often are never joined; word2phrase's. */
  private static final int PHRASE_COUNT = 5;

  /** Each joins twice as many words at most, and no phrase has a thousand. */
  private static final int MOST_PHRASE_PASSES = 10;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description =
          "Text to train on; may be given again; without it the small sample that comes with the"
              + " program.")
  private List<String> train = new ArrayList<>();

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "How words are cut: whitespace (text that is tokenised already), standard,"
              + " standard-without-tags (raw text, HTML tags dropped), or categories (wherever"
              + " letters and digits meet other characters).")
  private String tokenizer = "whitespace";

  @Option(names = "--lowercase", description = "Make all words lower case.")
  private boolean lowercase;

  @Option(
      names = "--phrases",
      paramLabel = "N",
      description =
          "Passes that join words which often stand together, as new_york; each reads the text"
              + " once more (${DEFAULT-VALUE}).")
  private int phrases;

  @Option(
      names = "--phrase-threshold",
      paramLabel = "SCORE",
      description = "Higher joins fewer (${DEFAULT-VALUE}).")
  private double phraseThreshold = 100;

  /** Whether no text was given. */
  boolean isSample() {
    return train.isEmpty();
  }

  /** The text as sentences. */
  SentenceReader reader(Charset charset) {
    if (phrases < 0 || phrases > MOST_PHRASE_PASSES) {
      throw UserError.usage(
          "--phrases must be from 0 to " + MOST_PHRASE_PASSES + ", got " + phrases);
    }
    if (!(phraseThreshold >= 0 && phraseThreshold < Double.POSITIVE_INFINITY)) {
      throw UserError.usage(
          "--phrase-threshold must be 0 or above and finite, got " + phraseThreshold);
    }
    Tokenizer words = named(tokenizer);
    if (isSample()) {
      return sample();
    }
    List<TextSource> sources = new ArrayList<>();
    for (String path : train) {
      TextSource source = TextSource.of(path).withCharset(charset);
      sources.add(phrases > 0 ? source.reopenable() : source);
    }
    SentenceReader reader = new SentenceReader(sources, words, lowercase);
    for (int i = 0; i < phrases; i++) {
      reader = reader.joining(Phrases.learn(reader, PHRASE_COUNT, phraseThreshold));
    }
    return reader;
  }

  private static Tokenizer named(String name) {
    try {
      return Tokenizer.named(name);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(
          "--tokenizer must be whitespace, standard, standard-without-tags or categories, got "
              + name);
    }
  }

  /** The sample: short sentences about kings, families, countries and animals, written for this. */
  static SentenceReader sample() {
    try (InputStream in = WordOptions.class.getResourceAsStream("sample.txt")) {
      TextSource source = TextSource.of("the sample", new ByteArrayInputStream(in.readAllBytes()));
      return new SentenceReader(List.of(source), Tokenizer.standard(), true);
    } catch (IOException e) {
      throw new IllegalStateException("sample.txt is missing beside " + WordOptions.class, e);
    }
  }
}
