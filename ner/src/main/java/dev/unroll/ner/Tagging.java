package dev.unroll.ner;

import dev.unroll.text.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * The answer as JSON shows it; {@code start} and {@code end} count characters (Unicode code
   * points) there, as most other languages do.
   */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", text);
    map.put("tokens", tokens.stream().map(Token::text).toList());
    List<Map<String, Object>> spans = new ArrayList<>();
    int counted = 0; // UTF-16 code units, of which so many characters have been counted
    int characters = 0;
    for (Span span : spans()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      characters += text.codePointCount(counted, span.start());
      shown.put("start", characters);
      characters += text.codePointCount(span.start(), span.end());
      shown.put("end", characters);
      counted = span.end();
      shown.put("type", span.type());
      shown.put("text", span.text());
      shown.put("probability", span.probability());
      spans.add(shown);
    }
    map.put("spans", spans);
    return map;
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
