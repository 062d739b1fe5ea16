package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.text.WordVectorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tagger that begins with what another one has learnt of other names. */
class BeginningTest {
  /** Words that the other tagger knows, and types that it does not. */
  private static final List<TaggedSentence> OTHERS =
      List.of(
          new TaggedSentence(
              List.of("Zoë", "met", "Ada", "in", "Bergen", "."),
              List.of("I-person", "O", "I-person", "O", "I-place", "O")),
          new TaggedSentence(List.of("It", "rained"), List.of("O", "O")));

  @TempDir static Path folder;
  private static NerModel old;

  @BeforeAll
  static void trainTheOther() {
    old = train(config(), NerModelTest.HANDFUL, Optional.empty());
  }

  private static NerConfig config(String... settings) {
    NerConfig shaped =
        NerModelTest.config("epochs", "2", "shape-dimensions", "3", "dropout", "0.5");
    Map<String, String> all = shaped.toProperties();
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return NerConfig.with(all);
  }

  private static Corpus<TaggedSentence> corpus(List<TaggedSentence> sentences) {
    return new Corpus<>(sentences, "a handful", "none");
  }

  private static NerModel train(
      NerConfig config, List<TaggedSentence> sentences, Optional<NerModel> begins) {
    Corpus<TaggedSentence> corpus = corpus(sentences);
    NerTrainer trainer = new NerTrainer(config);
    begins.ifPresent(model -> trainer.beginWith(model, false));
    TagEncoder encoder = TagEncoder.fit(corpus, config, Optional.empty(), begins);
    return trainer.train(encoder, new Split<>(corpus, corpus)).model();
  }

  private static ComputationGraph begun(NerConfig config, TagEncoder encoder) {
    ComputationGraph network = NerNetwork.build(config, encoder);
    new Beginning(old, "old").copyTo(network, config, encoder);
    return network;
  }

  private static TagEncoder fit(List<TaggedSentence> sentences, Optional<WordVectors> vectors) {
    return TagEncoder.fit(corpus(sentences), config(), vectors, Optional.of(old));
  }

  /** What Deeplearning4j's forward pass makes of a sentence, by layer. */
  private static Map<String, INDArray> layers(ComputationGraph network, TagEncoder encoder) {
    TaggedSentence known = TaggedSentence.untagged(List.of("In", "London", "Ada", "zxqv", "met"));
    return network.feedForward(
        encoder.encode(encoder.prepareAll(List.of(known))).getFeatures(), false);
  }

  @Test
  void readsAsTheOtherBeforeItsFirstStep() {
    TagEncoder encoder = fit(OTHERS, Optional.empty());
    Map<String, INDArray> expected = layers(old.network().graph(), old.encoder());
    Map<String, INDArray> actual = layers(begun(config(), encoder), encoder);
    for (String layer : List.of("features", "recurrent1")) {
      assertThat(actual.get(layer)).isEqualTo(expected.get(layer));
    }
    assertThat(encoder.types()).containsExactly("person", "place");
    assertThat(encoder.alphabet()).isEqualTo(old.encoder().alphabet());
  }

  @Test
  void theOutputIsTheOthersIfTheTagsAre() {
    TagEncoder same = fit(NerModelTest.HANDFUL, Optional.empty());
    INDArray expected = old.network().graph().getParam("output_W");
    assertThat(begun(config(), same).getParam("output_W")).isEqualTo(expected);
    NerConfig softmax = config("output", "softmax");
    assertThat(begun(softmax, same).getParam("output_W"))
        .isEqualTo(NerNetwork.build(softmax, same).getParam("output_W"));
  }

  @Test
  void itsWordsHaveItsRowsAndOthersTheirVectorsOrRandomOnes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("v.txt"),
            "Zoë 9" + " 1".repeat(11) + "\nNew 8" + " 2".repeat(11) + "\n");
    WordVectors vectors = new WordVectorsReader().read(file);
    TagEncoder encoder = fit(OTHERS, Optional.of(vectors));
    Vocabulary words = encoder.vocabulary();
    INDArray drawn = NerNetwork.build(config(), encoder).getParam("embedding_W").dup();
    INDArray rows = begun(config(), encoder).getParam("embedding_W");
    INDArray others = old.network().graph().getParam("embedding_W");
    for (String word : List.of(Vocabulary.UNKNOWN, "ada", "london", "met")) {
      assertThat(rows.getRow(words.id(word)))
          .as(word)
          .isEqualTo(others.getRow(old.encoder().vocabulary().id(word)));
    }
    assertThat(words.words()).contains("bergen", "Zoë", "New", "oslo").doesNotContain("Ada");
    for (String word : List.of("bergen", "Zoë", "New")) {
      assertThat(rows.getRow(words.id(word))).as(word).isEqualTo(drawn.getRow(words.id(word)));
    }
    assertThat(words.count(words.id("ada"))).isEqualTo(1);
    assertThat(words.count(words.id("oslo"))).isZero();
  }

  @Test
  void sameSeedSameBytesAndTheOtherStaysAsItIs() throws IOException {
    float[] before = old.network().parameters();
    byte[] first = bytes(train(config("seed", "5"), OTHERS, Optional.of(old)));
    assertThat(bytes(train(config("seed", "5"), OTHERS, Optional.of(old)))).isEqualTo(first);
    assertThat(bytes(train(config("seed", "5"), OTHERS, Optional.empty()))).isNotEqualTo(first);
    assertThat(old.network().parameters()).isEqualTo(before);
  }

  @Test
  void goesOnToTheSameBytesAndOnlyWithTheSameTagger() throws IOException {
    byte[] undisturbed = bytes(train(config(), OTHERS, Optional.of(old)));
    Path target = folder.resolve("stopped.zip");
    AtomicInteger left = new AtomicInteger(2);
    assertThatThrownBy(() -> trainTo(old, target, false, () -> left.decrementAndGet() <= 0))
        .isInstanceOf(TrainingStopped.class);
    NerModel other = train(config("seed", "9"), NerModelTest.HANDFUL, Optional.empty());
    assertThatThrownBy(() -> trainTo(other, target, true, () -> false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made with begin-with.sha256 = ");
    trainTo(old, target, true, () -> false);
    assertThat(target).hasBinaryContent(undisturbed);
  }

  private static void trainTo(NerModel begins, Path target, boolean resume, BooleanSupplier stop) {
    Corpus<TaggedSentence> corpus = corpus(OTHERS);
    new NerTrainer(config())
        .beginWith(begins, false)
        .target(target, resume)
        .stopWhen(stop)
        .train(
            TagEncoder.fit(corpus, config(), Optional.empty(), Optional.of(begins)),
            new Split<>(corpus, corpus));
  }

  private static byte[] bytes(NerModel model) throws IOException {
    Path file = folder.resolve("bytes.zip");
    model.save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void otherSizesAreRefused() {
    Beginning tagger = new Beginning(old, "names.zip");
    assertThat(tagger.config(Map.of("epochs", "7", "hidden", "12")).network())
        .isEqualTo(NerConfig.with(Map.of("hidden", "12")).network());
    assertThatThrownBy(() -> tagger.config(Map.of("hidden", "13")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "hidden must be 12, as in names.zip, with which the training begins, got 13; leave it out");
    assertThatThrownBy(() -> new NerTrainer(config("hidden", "13")).beginWith(old, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NerConfig.withSizesOf");
  }
}
