package dev.unroll.ner;

import dev.unroll.cli.FormatOptions;
import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.text.WordVectors;
import java.util.Locale;

/** Reads tagged sentences as the options on the command line say. */
final class TagFiles {
  private TagFiles() {}

  static Corpus<TaggedSentence> read(String location, FormatOptions format) {
    TextSource source = TextSource.of(location).withCharset(format.charset());
    return ConllReader.read(source, format.format().map(TagFormat::named));
  }

  /** How much of the text the vectors know, in words. */
  static String describe(Corpus<TaggedSentence> sentences, WordVectors vectors) {
    long words = 0;
    long known = 0;
    for (TaggedSentence sentence : sentences.examples()) {
      for (String word : sentence.words()) {
        boolean found =
            vectors.index(word) >= 0 || vectors.index(word.toLowerCase(Locale.ROOT)) >= 0;
        known += found ? 1 : 0;
        words++;
      }
    }
    return String.format(
        Locale.ROOT, "%s, for %.1f %% of the training words", vectors, 100.0 * known / words);
  }

  /** What was recognised, in words. */
  static String describe(Corpus<TaggedSentence> sentences) {
    long words = sentences.examples().stream().mapToLong(s -> s.words().size()).sum();
    long entities = sentences.examples().stream().mapToLong(s -> s.entities().size()).sum();
    return "%d sentences, %d words, %d entities of %s, tagged in %s"
        .formatted(
            sentences.size(),
            words,
            entities,
            TaggedSentence.types(sentences.examples()),
            TagScheme.of(sentences.examples()));
  }
}
