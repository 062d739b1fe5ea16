package dev.unroll.ner;

import dev.unroll.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model found in a text.
 *
 * @param text the text, as it was given
 * @param tokens the words that it was cut into
 * @param entities stretches of the tokens, in their order
 */
public record Tagging(String text, List<Token> tokens, List<Entity> entities) {
  /** The same for words that were cut apart before: their text has a space between two. */
  static Tagging of(List<String> words, List<Entity> entities) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (String word : words) {
      tokens.add(new Token(word, start, start + word.length()));
      start += word.length() + 1;
    }
    return new Tagging(String.join(" ", words), tokens, entities);
  }

  /** The entities as parts of the text. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (Entity entity : entities) {
      int start = tokens.get(entity.from()).start();
      int end = tokens.get(entity.to() - 1).end();
      spans.add(
          new Span(start, end, entity.type(), text.substring(start, end), entity.probability()));
    }
    return spans;
  }

  /** The tokens as they stand in the text. */
  public List<String> words() {
    return tokens.stream().map(Token::text).toList();
  }

  /** A word a line with its tag behind a tab. */
  public String columns(TagScheme scheme) {
    return scheme.columns(words(), "\t", entities);
  }

  /** The answer as JSON shows it. */
  TaggedText shown() {
    List<TaggedText.Name> names = new ArrayList<>();
    int counted = 0; // UTF-16 code units, of which so many characters have been counted
    int characters = 0;
    for (Span span : spans()) {
      int start = characters + text.codePointCount(counted, span.start());
      characters = start + text.codePointCount(span.start(), span.end());
      counted = span.end();
      names.add(
          new TaggedText.Name(start, characters, span.type(), span.text(), span.probability()));
    }
    return new TaggedText(text, words(), names);
  }

  /** The text with its entities in brackets: {@code [PER Ada Lovelace] met [PER Bo].} */
  @Override
  public String toString() {
    StringBuilder marked = new StringBuilder();
    int done = 0;
    for (Span span : spans()) {
      marked.append(text, done, span.start());
      marked.append('[').append(span.type()).append(' ').append(span.text()).append(']');
      done = span.end();
    }
    return marked.append(text.substring(done)).toString();
  }
}
