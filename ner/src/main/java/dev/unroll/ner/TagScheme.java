package dev.unroll.ner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How entities are written as one tag a word: {@code O} outside, otherwise a prefix, a hyphen and
 * the type.
 *
 * <pre>
 *          Ada   Lovelace  met    Paris  Hilton  in   Paris
 *   IOB1   I-PER I-PER     O      I-PER  I-PER   O    I-LOC    B only parts neighbours of a type
 *   BIO    B-PER I-PER     O      B-PER  I-PER   O    B-LOC
 *   BIOES  B-PER E-PER     O      B-PER  E-PER   O    S-LOC
 * </pre>
 *
 * <p>Malformed sequences are read as the evaluation script of the CoNLL shared tasks reads them, so
 * that a score says what everybody's score says: an entity begins at every {@code B} or {@code S},
 * at any tag after {@code O}, {@code E} or {@code S}, and where the type changes; it ends where the
 * next one begins, after {@code E} or {@code S}, and at {@code O}. So {@code O I-PER I-LOC} are two
 * entities, and nothing is ever dropped. (The script knows no {@code S} and does not part an {@code
 * E} from a {@code B} of the same type; for BIOES it is given BIO.)
 */
public enum TagScheme {
  /** {@code B} only where an entity follows another of its type (Ramshaw and Marcus 1995). */
  IOB1 {
    @Override
    String prefix(Entity entity, int word, boolean touches) {
      return word == entity.from() && touches ? "B-" : "I-";
    }
  },
  /** {@code B} at every beginning; also called IOB2. */
  BIO {
    @Override
    String prefix(Entity entity, int word, boolean touches) {
      return word == entity.from() ? "B-" : "I-";
    }
  },
  /** Ends and single words have prefixes of their own. */
  BIOES {
    @Override
    String prefix(Entity entity, int word, boolean touches) {
      if (entity.to() - entity.from() == 1) {
        return "S-";
      }
      return word == entity.from() ? "B-" : word == entity.to() - 1 ? "E-" : "I-";
    }
  };

  /** The tag of a word that is in no entity. */
  public static final String OUTSIDE = "O";

  private static final String PREFIXES = "BIES";

  /**
   * The prefix of a word in an entity.
   *
   * @param touches whether an entity of the same type ends right before this one
   */
  abstract String prefix(Entity entity, int word, boolean touches);

  /** Whether {@code tag} is one of any scheme. */
  static boolean isTag(String tag) {
    return tag.equals(OUTSIDE)
        || tag.length() > 2
            && tag.charAt(1) == '-'
            && PREFIXES.indexOf(tag.charAt(0)) >= 0
            && isType(type(tag));
  }

  /** Whether a type can stand in a column. */
  static boolean isType(String type) {
    return !type.isEmpty() && type.chars().noneMatch(Character::isWhitespace);
  }

  /** The type in a tag other than {@link #OUTSIDE}. */
  static String type(String tag) {
    return tag.substring(2);
  }

  /**
   * A line for each word with its tag behind it.
   *
   * @param words of a sentence, or the lines of a table that they stand on
   */
  String columns(List<String> words, String separator, List<Entity> entities) {
    List<String> tags = tags(entities, words.size());
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < tags.size(); i++) {
      columns.append(words.get(i)).append(separator).append(tags.get(i)).append('\n');
    }
    return columns.toString();
  }

  /** The entities that {@code tags} mean, whatever their scheme; see above for malformed ones. */
  public static List<Entity> entities(List<String> tags) {
    List<Entity> entities = new ArrayList<>();
    int from = -1;
    String before = OUTSIDE;
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() ? tags.get(i) : OUTSIDE;
      boolean begins = begins(before, tag);
      if (from >= 0 && (begins || tag.equals(OUTSIDE))) {
        entities.add(Entity.annotated(type(before), from, i));
        from = -1;
      }
      from = begins ? i : from;
      before = tag;
    }
    return entities;
  }

  private static boolean begins(String before, String tag) {
    if (tag.equals(OUTSIDE)) {
      return false;
    }
    boolean afterEnd = before.equals(OUTSIDE) || "ES".indexOf(before.charAt(0)) >= 0;
    return afterEnd || "BS".indexOf(tag.charAt(0)) >= 0 || !type(before).equals(type(tag));
  }

  /**
   * The tags of a sentence.
   *
   * @param entities in the order of their words, without overlap
   * @param words how many words the sentence has
   */
  public List<String> tags(List<Entity> entities, int words) {
    List<String> tags = new ArrayList<>(Collections.nCopies(words, OUTSIDE));
    Entity before = null;
    for (Entity entity : entities) {
      boolean touches =
          before != null && before.to() == entity.from() && before.type().equals(entity.type());
      for (int word = entity.from(); word < entity.to(); word++) {
        tags.set(word, prefix(entity, word, touches) + entity.type());
      }
      before = entity;
    }
    return tags;
  }

  /** The same entities in this scheme. */
  public List<String> convert(List<String> tags) {
    return tags(entities(tags), tags.size());
  }

  /**
   * The scheme that sentences are tagged in: BIOES if an {@code E} or {@code S} occurs; IOB1 if
   * entities begin with {@code I} and never with a {@code B} that IOB1 would not write; otherwise
   * BIO.
   */
  public static TagScheme of(Collection<TaggedSentence> sentences) {
    boolean beginsWithI = false;
    boolean needlessB = false;
    for (TaggedSentence sentence : sentences) {
      String before = OUTSIDE;
      for (String tag : sentence.tags()) {
        if ("ES".indexOf(tag.charAt(0)) >= 0) {
          return BIOES;
        }
        boolean touches = !before.equals(OUTSIDE) && !tag.equals(OUTSIDE) && sameType(before, tag);
        beginsWithI |= tag.charAt(0) == 'I' && !touches;
        needlessB |= tag.charAt(0) == 'B' && !touches;
        before = tag;
      }
    }
    return beginsWithI && !needlessB ? IOB1 : BIO;
  }

  private static boolean sameType(String before, String tag) {
    return type(before).equals(type(tag));
  }
}
