package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.evaluation.SpanScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSchemeTest {
  private final Random random = new Random(17);

  @Test
  void writesAsThePictureInItsDocumentationShows() {
    List<Entity> entities =
        List.of(
            Entity.annotated("PER", 0, 2),
            Entity.annotated("PER", 2, 5),
            Entity.annotated("LOC", 5, 6));
    assertThat(TagScheme.IOB1.tags(entities, 7))
        .containsExactly("I-PER", "I-PER", "B-PER", "I-PER", "I-PER", "I-LOC", "O");
    assertThat(TagScheme.BIO.tags(entities, 7))
        .containsExactly("B-PER", "I-PER", "B-PER", "I-PER", "I-PER", "B-LOC", "O");
    assertThat(TagScheme.BIOES.tags(entities, 7))
        .containsExactly("B-PER", "E-PER", "B-PER", "I-PER", "E-PER", "S-LOC", "O");
  }

  @Test
  void everySchemeComesBack() {
    for (int round = 0; round < 500; round++) {
      List<Entity> entities = randomEntities(12);
      for (TagScheme scheme : TagScheme.values()) {
        List<String> tags = scheme.tags(entities, 12);
        assertThat(TagScheme.entities(tags)).as("%s", tags).isEqualTo(entities);
        assertThat(scheme.convert(TagScheme.BIOES.convert(tags))).isEqualTo(tags);
      }
    }
  }

  /** {@link SpanScores} is held against the original script. */
  @Test
  void readsMalformedTagsAsConllevalDoes() {
    String[] some = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "I-a-b"};
    for (int round = 0; round < 3000; round++) {
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        tags.add(some[random.nextInt(some.length)]);
      }
      SpanScores scores = new SpanScores();
      List<String> written = TagScheme.BIO.convert(tags);
      scores.add(tags, written);
      Map<String, Long> read =
          TagScheme.entities(tags).stream()
              .collect(Collectors.groupingBy(Entity::type, Collectors.counting()));
      assertThat(read).as("%s", tags).hasSameSizeAs(scores.types());
      scores
          .types()
          .forEach(
              (type, counts) -> {
                assertThat(counts.gold()).as("%s", tags).isEqualTo(read.get(type));
                assertThat(counts.correct()).as("%s", tags).isEqualTo(counts.gold());
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "O I-LOC I-LOC B-LOC O, IOB1",
    "O I-LOC I-PER, IOB1",
    "O B-LOC I-LOC B-LOC, BIO",
    "O B-LOC I-PER, BIO",
    "I-LOC O B-LOC, BIO",
    "O O, BIO",
    "O S-LOC, BIOES",
    "B-LOC E-LOC, BIOES"
  })
  void recognises(String tags, TagScheme scheme) {
    List<String> list = List.of(tags.split(" "));
    assertThat(TagScheme.of(List.of(new TaggedSentence(list, list)))).isEqualTo(scheme);
  }

  @Test
  void knowsTags() {
    assertThat(List.of("O", "B-x", "I-a-b", "E-x", "S-x")).allMatch(TagScheme::isTag);
    assertThat(List.of("", "o", "B", "B-", "X-PER", "PER", "OO")).noneMatch(TagScheme::isTag);
  }

  private List<Entity> randomEntities(int words) {
    List<Entity> entities = new ArrayList<>();
    int at = random.nextInt(2);
    while (at < words) {
      int to = Math.min(words, at + 1 + random.nextInt(3));
      entities.add(Entity.annotated(random.nextBoolean() ? "PER" : "LOC", at, to));
      at = to + random.nextInt(3);
    }
    return entities;
  }
}
