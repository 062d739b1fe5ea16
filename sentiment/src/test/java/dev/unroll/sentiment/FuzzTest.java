package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TextSource;
import dev.unroll.testing.Fuzz;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews, words and models, damaged at random. */
class FuzzTest {
  private static final String[] TEXTS = {
    "pos\tto be, or not\r\nneg\t😀 é \u200d\n",
    "__label__pos don't U.S. www.x.com a@b.co :-) <br />x<b>y &amp; z\n",
    "{\"text\": \"http://a.b/c?d=e, 3.14 -5 Dr. J. Smith (c) cannot\", \"label\": \"neg\"}\n"
  };

  static TextSource source(byte[] input) {
    return TextSource.of("fuzz", new ByteArrayInputStream(input));
  }

  @Test
  void reviews() {
    new Fuzz("reviews", 500).like(TEXTS).read(input -> ReviewReader.read(source(input)));
  }

  @Test
  void vocabularies() {
    new Fuzz("vocabulary", 500)
        .like("<UNK>\t0\nthe\t12\n\\n\t3\n\\\\\t1\n", "<UNK>\t1\n\\u0041\t2\n")
        .read(input -> Vocabulary.read(source(input).open()));
  }

  @Test
  void tokensLieInTheText() {
    List<Tokenizer> tokenizers =
        List.of(
            Tokenizer.standard(),
            Tokenizer.standardWithoutTags(),
            Tokenizer.whitespace(),
            Tokenizer.categories());
    new Fuzz("tokens", 500)
        .like(TEXTS)
        .read(
            input -> {
              String text = new String(input, StandardCharsets.UTF_8);
              for (Tokenizer tokenizer : tokenizers) {
                int last = 0;
                for (Token token : tokenizer.tokenize(text)) {
                  assertThat(token.start()).isGreaterThanOrEqualTo(last);
                  last = token.end();
                  assertThat(token.text()).isNotBlank();
                  assertThat(text.substring(token.start(), last)).isEqualTo(token.text());
                }
              }
            });
  }

  @Test
  void models(@TempDir Path folder) throws Exception {
    Path model = Path.of(FuzzTest.class.getResource("/models/lstm.zip").toURI());
    new Fuzz("sentiment-model", 30)
        .readForged(
            model,
            "sentiment",
            folder,
            input -> SentimentModel.load(new ByteArrayInputStream(input)).classify("a good film"));
  }
}
