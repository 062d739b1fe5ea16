package dev.unroll.ner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A sentence, word by word, and the tag of each word.
 *
 * @param words the words as they were written
 * @param tags as many, in the scheme in which they were read; null if nobody said
 * @param markers how many lines before it mark the beginning of a document
 */
public record TaggedSentence(List<String> words, List<String> tags, int markers) {
  private static final Set<String> STOPS = Set.of(".", "!", "?", "…", "。", "！", "？", "।");

  /** Refuses tags that do not go with the words. */
  public TaggedSentence {
    words = List.copyOf(words);
    tags = tags == null ? null : List.copyOf(tags);
    if (tags != null && tags.size() != words.size()) {
      throw new IllegalArgumentException(tags.size() + " tags of " + words.size() + " words");
    }
  }

  /** A sentence before which no document begins. */
  public TaggedSentence(List<String> words, List<String> tags) {
    this(words, tags, 0);
  }

  /** A sentence whose entities are to be found. */
  public static TaggedSentence untagged(List<String> words) {
    return new TaggedSentence(words, null);
  }

  /** The same after more lines that mark the beginning of a document. */
  TaggedSentence plusMarkers(int more) {
    return new TaggedSentence(words, tags, markers + more);
  }

  /** The entities that the tags mean. */
  public List<Entity> entities() {
    return TagScheme.entities(tags);
  }

  /** The words of an entity with a space between two. */
  String text(Entity entity) {
    return String.join(" ", words.subList(entity.from(), entity.to()));
  }

  /**
   * The sentence in pieces of at most {@code most} words: itself, if it is no longer. What is that
   * long is mostly a text on one line; it is cut after the last full stop that leaves a piece of at
   * least half the length, and only where there is none, in the middle of things.
   */
  List<TaggedSentence> pieces(int most) {
    if (words.size() <= most) {
      return List.of(this);
    }
    List<TaggedSentence> pieces = new ArrayList<>();
    int to;
    for (int from = 0; from < words.size(); from = to) {
      to = cut(from, most);
      pieces.add(
          new TaggedSentence(
              words.subList(from, to), tags == null ? null : tags.subList(from, to)));
    }
    return pieces;
  }

  private int cut(int from, int most) {
    if (words.size() - from <= most) {
      return words.size();
    }
    int end = from + most;
    for (int to = end; to > from + most / 2; to--) {
      if (STOPS.contains(words.get(to - 1))) {
        return to;
      }
    }
    return end;
  }

  /** The types of the entities of {@code sentences}, in alphabetical order. */
  public static SortedSet<String> types(Collection<TaggedSentence> sentences) {
    SortedSet<String> types = new TreeSet<>();
    for (TaggedSentence sentence : sentences) {
      sentence.entities().forEach(entity -> types.add(entity.type()));
    }
    return types;
  }
}
