package dev.unroll.ner;

import dev.unroll.data.LineReader;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The entities that occur in the training data, so that an evaluation can tell how well a model
 * finds those that it has never seen. Spelled in lower case; the type is part of it.
 */
final class KnownEntities {
  private final Set<String> entries;

  private KnownEntities(Set<String> entries) {
    this.entries = entries;
  }

  /** Those of {@code train}. */
  static KnownEntities of(Collection<TaggedSentence> train) {
    Set<String> entries = new TreeSet<>();
    for (TaggedSentence sentence : train) {
      sentence.entities().forEach(entity -> entries.add(entry(sentence, entity)));
    }
    return new KnownEntities(entries);
  }

  /** Reads what {@link #toString} wrote. */
  static KnownEntities read(LineReader lines) {
    Set<String> entries = new TreeSet<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      entries.add(line);
    }
    return new KnownEntities(entries);
  }

  private static String entry(TaggedSentence sentence, Entity entity) {
    return entity.type() + " " + sentence.text(entity).toLowerCase(Locale.ROOT);
  }

  /** Whether this entity, as this type, was in the training data. */
  boolean contains(TaggedSentence sentence, Entity entity) {
    return entries.contains(entry(sentence, entity));
  }

  /** A line for each, in the order of their characters. */
  @Override
  public String toString() {
    return entries.isEmpty() ? "" : String.join("\n", entries) + "\n";
  }
}
