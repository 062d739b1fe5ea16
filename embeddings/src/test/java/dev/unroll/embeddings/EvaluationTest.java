package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.AnalogyScores;
import dev.unroll.evaluation.Ranking;
import dev.unroll.text.WordVectors;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static TextSource source(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return TextSource.of("questions", new ByteArrayInputStream(bytes));
  }

  /** Royals on one axis, sexes on the other. */
  private static EmbeddingModel people(String... extra) {
    List<String> words = new ArrayList<>(List.of("man", "King", "woman", "Queen", "tree"));
    words.addAll(List.of(extra));
    float[] values = new float[words.size() * 3];
    float[][] rows = {{1, 0, 0.2f}, {1, 1, 0.2f}, {-1, 0, 0.2f}, {-1, 1, 0.2f}, {0.1f, 0, 1}};
    for (int i = 0; i < words.size(); i++) {
      System.arraycopy(rows[Math.min(i, 3)], 0, values, 3 * i, 3);
    }
    System.arraycopy(rows[4], 0, values, 12, 3);
    return EmbeddingModel.of(new WordVectors("test", words, 3, values));
  }

  @Test
  void sectionsCountRightWrongAndSkipped() {
    String text =
        ": royals\nman king woman queen\nking man queen woman\nman king woman nobody\n"
            + ": gram1-trees\nman king woman tree\n";
    AnalogyScores scores = Analogies.read(source(text)).evaluate(people(), Integer.MAX_VALUE);
    assertThat(scores.sections().get("royals")).isEqualTo(new AnalogyScores.Section(2, 2, 1));
    assertThat(scores.sections().get("gram1-trees")).isEqualTo(new AnalogyScores.Section(1, 0, 0));
    assertThat(scores.semantic().accuracy()).isEqualTo(1);
    assertThat(scores.total()).isEqualTo(new AnalogyScores.Section(3, 2, 1));
  }

  @Test
  void wordsBeyondTheRestrictedVocabularyAreUnknown() {
    Analogies questions = Analogies.read(source("man king woman queen\n"));
    assertThat(questions.evaluate(people(), 3).total().skipped()).isEqualTo(1);
    assertThat(questions.evaluate(people(), 4).total().correct()).isEqualTo(1);
  }

  @Test
  void theFirstOfASpellingStandsForIt() {
    // A later QUEEN counts as the answer too, because only the spelling is compared.
    EmbeddingModel model = people("QUEEN");
    Analogies questions = Analogies.read(source("MAN KING WOMAN QUEEN\n"));
    assertThat(questions.evaluate(model, 100).total().correct()).isEqualTo(1);
  }

  @Test
  void answersEqualThoseOfTheModel() {
    int n = 200;
    Random random = new Random(5);
    float[] values = new float[n * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    List<String> words = IntStream.range(0, n).mapToObj(i -> "W" + i).toList();
    EmbeddingModel model = EmbeddingModel.of(new WordVectors("test", words, 6, values));
    StringBuilder text = new StringBuilder();
    int right = 0;
    for (int q = 0; q < 300; q++) {
      String a = "W" + random.nextInt(n);
      String b = "W" + random.nextInt(n);
      String c = "W" + random.nextInt(n);
      String best = model.analogy(a, b, c, 1).get(0).word();
      String d = q % 3 == 0 ? best : "W" + random.nextInt(n);
      right += d.equals(best) ? 1 : 0;
      text.append(String.join(" ", a, b, c, d)).append('\n');
    }
    AnalogyScores scores = Analogies.read(source(text.toString())).evaluate(model, n);
    assertThat(scores.total()).isEqualTo(new AnalogyScores.Section(300, right, 0));
  }

  @Test
  void malformedQuestionsAreNamedWithTheirLine() {
    assertThatThrownBy(() -> Analogies.read(source(": s\na b c\n")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("questions:2: ");
    assertThatThrownBy(() -> Analogies.read(source("\n")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no questions");
  }

  @Test
  void pairsAreRankedAndMissingOnesCounted() {
    String text = "# source\nman\tKing\t9\nman\twoman\t2\nman,tree,5\nman\tnobody\t1\n";
    Ranking ranking = WordPairs.read(source(text)).evaluate(people(), 100);
    assertThat(ranking.pairs()).isEqualTo(4);
    assertThat(ranking.missing()).isEqualTo(1);
    assertThat(ranking.spearman()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aHeaderIsLeftOutAndABadLineIsNamed() {
    assertThat(WordPairs.read(source("Word 1,Word 2,Human (mean)\nman,woman,2\n"))).isNotNull();
    assertThatThrownBy(() -> WordPairs.read(source("man woman 3\nman woman\n")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("questions:2: ");
  }
}
