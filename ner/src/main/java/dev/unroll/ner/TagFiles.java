package dev.unroll.ner;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import dev.unroll.text.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads tagged sentences as the options on the command line say. */
final class TagFiles {
  private TagFiles() {}

  static Corpus<TaggedSentence> read(DataFile file) {
    return ConllReader.read(file.text(), file.format(TagFormat.class));
  }

  /**
   * The number of the document of each sentence. Where nothing marks documents, every sentence is
   * one of its own.
   */
  static List<Integer> documents(List<TaggedSentence> sentences) {
    boolean marked = sentences.stream().anyMatch(sentence -> sentence.markers() > 0);
    List<Integer> documents = new ArrayList<>();
    int document = 0;
    for (TaggedSentence sentence : sentences) {
      document += !marked || sentence.markers() > 0 ? 1 : 0;
      documents.add(document);
    }
    return documents;
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
    return "%d sentences, %d words, %d entities of %s, tagged in %s, read as %s"
        .formatted(
            sentences.size(),
            words,
            entities,
            TaggedSentence.types(sentences.examples()),
            TagScheme.of(sentences.examples()),
            sentences.format());
  }
}
