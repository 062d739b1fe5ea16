package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevTranslationsTest {
  private static final List<SentencePair> PAIRS =
      List.of(
          new SentencePair("a", "A"),
          new SentencePair("b", "B"),
          new SentencePair("a", "A too"),
          new SentencePair("c", "C"));

  private static Corpus<SentencePair> corpus(List<SentencePair> pairs, PairFormat format) {
    return new Corpus<>(pairs, "a handful", "none", format);
  }

  @Test
  void aSourceOfACollectionHasAllItsTranslations() {
    Corpus<SentencePair> collection = corpus(PAIRS, PairFormat.TSV);
    assertThat(DevTranslations.sample(collection, 4))
        .containsExactly(
            new Answered.Task("a", List.of("A", "A too")),
            new Answered.Task("b", List.of("B")),
            new Answered.Task("c", List.of("C")));
    // The first and the third pair, which are of one source; the first alone has both references.
    assertThat(DevTranslations.sample(collection, 2))
        .containsExactly(new Answered.Task("a", List.of("A", "A too")));
    assertThat(DevTranslations.sample(collection, 1))
        .containsExactly(new Answered.Task("a", List.of("A", "A too")));
  }

  @Test
  void aLineOfParallelFilesHasItsOwn() {
    Corpus<SentencePair> parallel = corpus(PAIRS, PairFormat.PARALLEL);
    assertThat(DevTranslations.sample(parallel, 4))
        .extracting(Answered.Task::references)
        .containsExactly(List.of("A"), List.of("B"), List.of("A too"), List.of("C"));
    assertThat(DevTranslations.sample(parallel, 2))
        .extracting(Answered.Task::references)
        .containsExactly(List.of("A"), List.of("A too"));
  }

  /** What is said of each source is one of its two references, and not the first. */
  @Test
  void bleuKnowsAllReferences() {
    Toy toy = new Toy();
    Translator translator = new Translator(toy.config, toy.encoder, TrainedNetwork.of(toy.network));
    List<SentencePair> pairs = new ArrayList<>();
    List<String> sources = List.of("a b c d", "e d c b a", "b b a c");
    for (Translated said : translator.translate(sources, SearchConfig.greedy())) {
      pairs.add(new SentencePair(said.text(), "z z z z z"));
      pairs.add(new SentencePair(said.text(), said.translation()));
    }
    assertThat(bleu(toy, corpus(pairs, PairFormat.TSV))).isCloseTo(100, within(1e-6));
    assertThat(bleu(toy, corpus(pairs, PairFormat.PARALLEL))).isLessThan(70);
  }

  private static double bleu(Toy toy, Corpus<SentencePair> dev) {
    double bleu =
        new DevTranslations(toy.config, toy.encoder, dev, 1000)
            .score(TrainedNetwork.of(toy.network))
            .metrics()
            .get("bleu");
    TranslationScores evaluated =
        TranslationScores.of(
            new TranslationModel(
                toy.config, toy.encoder, TrainedNetwork.of(toy.network), null, null),
            dev.examples(),
            SearchConfig.greedy(),
            Answered.isCollection(dev));
    assertThat(bleu).isEqualTo(evaluated.bleu().score());
    return bleu;
  }
}
