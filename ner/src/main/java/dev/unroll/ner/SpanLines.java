package dev.unroll.ner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.unroll.data.JsonLine;
import dev.unroll.data.LineReader;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Reads sentences in {@link TagFormat#JSONL}. */
final class SpanLines {
  /** A stretch of UTF-16 code units. */
  private record Stretch(int start, int end, String type) {}

  private final LineReader lines;
  private final Tokenizer tokenizer;

  SpanLines(LineReader lines, Tokenizer tokenizer) {
    this.lines = lines;
    this.tokenizer = tokenizer;
  }

  /**
   * The sentence on a line, tagged in BIO. A token of which a span takes only a part is cut in two,
   * so that the spans are kept as they are.
   */
  TaggedSentence parse(String line) {
    JsonLine object = JsonLine.parse(lines, line, "text and spans");
    String text = object.string("text");
    List<Stretch> stretches = stretches(object, text);
    List<Token> tokens = cut(tokenizer.tokenize(text), stretches);
    return new TaggedSentence(
        tokens.stream().map(Token::text).toList(),
        TagScheme.BIO.tags(entities(stretches, tokens, text), tokens.size()));
  }

  private List<Stretch> stretches(JsonLine object, String text) {
    JsonElement spans = object.get("spans");
    if (spans == null || !spans.isJsonArray()) {
      throw lines.error("the key spans is missing or no list; without entities it is []");
    }
    CodePoints places = new CodePoints(text);
    List<Stretch> stretches = new ArrayList<>();
    for (JsonElement span : spans.getAsJsonArray()) {
      stretches.add(stretch(span, places));
    }
    stretches.sort(Comparator.comparingInt(Stretch::start));
    for (int i = 1; i < stretches.size(); i++) {
      if (stretches.get(i).start < stretches.get(i - 1).end) {
        throw lines.error(
            "spans must not overlap; '%s' and '%s' do"
                .formatted(quote(stretches.get(i - 1), text), quote(stretches.get(i), text)));
      }
    }
    return stretches;
  }

  private static String quote(Stretch stretch, String text) {
    return text.substring(stretch.start, stretch.end);
  }

  private Stretch stretch(JsonElement span, CodePoints places) {
    try {
      JsonObject object = span.getAsJsonObject();
      int start = places.offset(whole(object.get("start")));
      int end = places.offset(whole(object.get("end")));
      JsonElement type = object.has("type") ? object.get("type") : object.get("label");
      if (start < end && TagScheme.isType(type.getAsString())) {
        return new Stretch(start, end, type.getAsString());
      }
    } catch (RuntimeException e) {
      // Handled below: whatever Gson throws, the rule is the same.
    }
    throw lines.error(
        "a span has start, end and a type of one word (place_name), and lies in the text, of %d characters; found %s"
            .formatted(places.count(), span));
  }

  /** Refuses fractions, which Gson would round. */
  private static int whole(JsonElement number) {
    return number.getAsBigDecimal().intValueExact();
  }

  /** The tokens, cut where a stretch begins or ends; one walk along both, for both are in order. */
  private static List<Token> cut(List<Token> tokens, List<Stretch> stretches) {
    int[] edges = stretches.stream().flatMapToInt(s -> IntStream.of(s.start, s.end)).toArray();
    List<Token> parts = new ArrayList<>();
    int next = 0;
    for (Token token : tokens) {
      int from = token.start();
      while (next < edges.length && edges[next] <= from) {
        next++;
      }
      while (next < edges.length && edges[next] < token.end()) {
        if (edges[next] > from) { // where two stretches touch, there are two edges
          parts.add(part(token, from, edges[next]));
          from = edges[next];
        }
        next++;
      }
      parts.add(part(token, from, token.end()));
    }
    return parts;
  }

  private static Token part(Token token, int from, int to) {
    return new Token(token.text().substring(from - token.start(), to - token.start()), from, to);
  }

  private List<Entity> entities(List<Stretch> stretches, List<Token> tokens, String text) {
    List<Entity> entities = new ArrayList<>();
    int from = 0;
    for (Stretch stretch : stretches) {
      while (from < tokens.size() && tokens.get(from).start() < stretch.start) {
        from++;
      }
      int to = from;
      while (to < tokens.size() && tokens.get(to).start() < stretch.end) {
        to++;
      }
      if (from == to) {
        throw lines.error("a span holds a word at least; '" + quote(stretch, text) + "' has none");
      }
      entities.add(Entity.annotated(stretch.type, from, to));
      from = to;
    }
    return entities;
  }
}
