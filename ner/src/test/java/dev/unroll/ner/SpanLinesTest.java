package dev.unroll.ner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.unroll.data.TextSource;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpanLinesTest {
  private static TaggedSentence parse(String text, List<Map<String, Object>> spans) {
    String line = new Gson().toJson(Map.of("text", text, "spans", spans));
    TextSource source = TextSource.of("sample", new ByteArrayInputStream(line.getBytes(UTF_8)));
    return ConllReader.read(source).examples().get(0);
  }

  private static Map<String, Object> span(int start, int end, String type) {
    return Map.of("start", start, "end", end, "type", type);
  }

  /**
   * The spans come back as they were given, wherever they cut a word: what is compared are the
   * characters that are no blanks, of the words in an entity and of the text in its span.
   */
  @Test
  void everySpanIsTheWordsOfItsEntity() {
    Random random = new Random(5);
    String[] characters = {"a", "b", "é", "😀", " ", " ", ".", "𝒳", "-"};
    for (int round = 0; round < 500; round++) {
      int length = 1 + random.nextInt(30);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append(characters[random.nextInt(characters.length)]);
      }
      int[] points = text.codePoints().toArray();
      List<Map<String, Object>> spans = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      int end;
      for (int start = random.nextInt(4); start < length; start = end + random.nextInt(4)) {
        end = Math.min(length, start + 1 + random.nextInt(5));
        String inside = new String(points, start, end - start).replace(" ", "");
        if (!inside.isEmpty()) {
          spans.add(random.nextInt(spans.size() + 1), span(start, end, "T" + expected.size()));
          expected.add("T" + expected.size() + inside);
        }
      }
      if (text.toString().isBlank()) {
        continue;
      }
      TaggedSentence sentence = parse(text.toString(), spans);
      assertThat(String.join("", sentence.words())).isEqualTo(text.toString().replace(" ", ""));
      assertThat(
              sentence.entities().stream()
                  .map(e -> e.type() + String.join("", sentence.words().subList(e.from(), e.to())))
                  .toList())
          .isEqualTo(expected);
    }
  }

  /** As a book on one line is; its pairs of words and spans are 3.6 billion. */
  @Test
  @Timeout(20)
  void theTimeGrowsWithTheLineAndNotWithItsSquare() {
    int words = 60_000;
    List<Map<String, Object>> spans = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      spans.add(span(5 * i, 5 * i + 4, "X"));
    }
    TaggedSentence sentence = parse("wo😀d ".repeat(words), spans);
    assertThat(sentence.entities()).hasSize(words);
    assertThat(sentence.text(sentence.entities().get(words - 1)).replace(" ", ""))
        .isEqualTo("wo😀d");
  }
}
