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
    List<Token> tokens = new ArrayList<>();
    for (Token token : tokenizer.tokenize(text)) {
      cut(token, stretches, tokens);
    }
    List<Entity> entities = new ArrayList<>();
    for (Stretch stretch : stretches) {
      entities.add(entity(stretch, tokens, text));
    }
    return new TaggedSentence(
        tokens.stream().map(Token::text).toList(), TagScheme.BIO.tags(entities, tokens.size()));
  }

  private List<Stretch> stretches(JsonLine object, String text) {
    JsonElement spans = object.get("spans");
    if (spans == null || !spans.isJsonArray()) {
      throw lines.error("the key spans is missing or no list; without entities it is []");
    }
    List<Stretch> stretches = new ArrayList<>();
    for (JsonElement span : spans.getAsJsonArray()) {
      stretches.add(stretch(span, text));
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

  private Stretch stretch(JsonElement span, String text) {
    try {
      JsonObject object = span.getAsJsonObject();
      int start = text.offsetByCodePoints(0, whole(object.get("start")));
      int end = text.offsetByCodePoints(0, whole(object.get("end")));
      JsonElement type = object.has("type") ? object.get("type") : object.get("label");
      if (start < end
          && !text.substring(start, end).isBlank()
          && TagScheme.isType(type.getAsString())) {
        return new Stretch(start, end, type.getAsString());
      }
    } catch (RuntimeException e) {
      // Told below: whatever Gson throws, the rule is the same.
    }
    throw lines.error(
        "a span has start, end and a type of one word (place_name), and lies in the text, of %d characters; found %s"
            .formatted(text.codePointCount(0, text.length()), span));
  }

  /** Refuses fractions, which Gson would round. */
  private static int whole(JsonElement number) {
    return number.getAsBigDecimal().intValueExact();
  }

  private static void cut(Token token, List<Stretch> stretches, List<Token> to) {
    int from = token.start();
    for (Stretch stretch : stretches) {
      for (int edge : new int[] {stretch.start, stretch.end}) {
        if (edge > from && edge < token.end()) {
          to.add(part(token, from, edge));
          from = edge;
        }
      }
    }
    to.add(part(token, from, token.end()));
  }

  private static Token part(Token token, int from, int to) {
    return new Token(token.text().substring(from - token.start(), to - token.start()), from, to);
  }

  private Entity entity(Stretch stretch, List<Token> tokens, String text) {
    int from = 0;
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
    return Entity.annotated(stretch.type, from, to);
  }
}
