package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.cli.JsonLines;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.testing.ModelContract;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learns a handful of sentences by heart, and is then asked all that a user may ask. */
class NerModelTest extends ModelContract<NerModel, String, Tagging> {
  static final List<TaggedSentence> HANDFUL =
      List.of(
          tagged("Ada/I-PER Lovelace/I-PER lived/O in/O London/I-LOC ./O"),
          tagged("In/O Oslo/I-LOC it/O rained/O"),
          tagged("Bo/I-PER met/O Eve/I-PER Adams/B-PER"),
          tagged("Nobody/O came/O ./O"),
          tagged("London/I-LOC"));

  static final List<String> ODD =
      List.of(
          "",
          "   ",
          "London",
          "zxqv",
          "zxqv wvut srqp",
          "😀 London 😀",
          "Ada Lovelace lived in London.",
          "met ".repeat(1500) + "Oslo",
          "x".repeat(20_000));

  private static TaggedSentence tagged(String text) {
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (String token : text.split(" ")) {
      words.add(token.substring(0, token.lastIndexOf('/')));
      tags.add(token.substring(token.lastIndexOf('/') + 1));
    }
    return new TaggedSentence(words, tags);
  }

  static NerConfig config(String... settings) {
    Map<String, String> overrides = new HashMap<>();
    overrides.putAll(Map.of("dimensions", "12", "hidden", "12", "epochs", "40", "batch", "2"));
    overrides.putAll(Map.of("learning-rate", "0.02", "patience", "0", "word-dropout", "0.1"));
    overrides.putAll(Map.of("dropout", "0", "embedding-dropout", "0", "character-filters", "10"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return NerConfig.with(overrides);
  }

  private static NerModel train(NerConfig config) {
    Corpus<TaggedSentence> sentences = new Corpus<>(HANDFUL, "a handful", "none");
    return NerTrainer.train(
        config, TagEncoder.fit(sentences, config), new Split<>(sentences, sentences));
  }

  @Override
  protected NerModel learn() {
    return train(config());
  }

  @Override
  protected void assertLearnt(NerModel model) {
    assertThat(model.evaluate(HANDFUL).total().f1()).isEqualTo(100);
    assertThat(model.types()).containsExactly("LOC", "PER");
    assertThat(model.scheme()).isEqualTo(TagScheme.IOB1);
    assertThat(model.metrics()).containsEntry("f1", 100.0);
    assertThat(model.metrics().get("logLoss")).isLessThan(0.5);
    assertThat(model.known())
        .hasToString("LOC london\nLOC oslo\nPER ada lovelace\nPER adams\nPER bo\nPER eve\n");
  }

  @Override
  protected NerModel train(long seed) {
    String[] dropping = {"epochs", "3", "dropout", "0.5", "embedding-dropout", "0.3"};
    List<String> settings = new ArrayList<>(List.of(dropping));
    settings.addAll(List.of("seed", String.valueOf(seed)));
    return train(config(settings.toArray(String[]::new)));
  }

  @Override
  protected List<String> questions() {
    return ODD;
  }

  @Override
  protected List<Tagging> answer(NerModel model, List<String> texts) {
    return model.tag(texts);
  }

  @Override
  protected Tagging answer(NerModel model, String text) {
    return model.tag(text);
  }

  @Override
  protected void save(NerModel model, Path file) {
    model.save(file);
  }

  @Override
  protected NerModel load(Path file) {
    return NerModel.load(file);
  }

  @Override
  protected List<Object> description(NerModel model) {
    return List.of(
        model.config(),
        model.scheme(),
        model.metrics(),
        model.provenance(),
        model.known().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "output, softmax, characters, none",
    "cell, gru, shape-dimensions, 3",
    "characters, lstm, output, crf",
    "layers, 2, bidirectional, false",
    "max-words, 3, lowercase, false"
  })
  void everyNetworkLearnsIt(String key, String value, String otherKey, String otherValue) {
    NerModel other = train(config("epochs", "60", key, value, otherKey, otherValue));
    assertThat(other.evaluate(HANDFUL).total().f1()).isGreaterThan(80);
  }

  @Test
  void findsTheCharactersOfTheText() {
    Tagging tagging = model().tag("Ada Lovelace lived in  London.");
    assertThat(tagging.spans()).hasSize(2);
    Span ada = tagging.spans().get(0);
    assertThat(ada.text()).isEqualTo("Ada Lovelace");
    assertThat(ada.start()).isZero();
    assertThat(ada.type()).isEqualTo("PER");
    assertThat(ada.probability()).isBetween(0.5, 1.0);
    assertThat(tagging.text().substring(tagging.spans().get(1).start())).isEqualTo("London.");
    assertThat(tagging).hasToString("[PER Ada Lovelace] lived in  [LOC London].");
  }

  @Test
  void knowsHowSureItIsThatThereIsNoName() {
    var sentence = TaggedSentence.untagged(List.of("Ada", "Lovelace", "lived", "in", "London"));
    Entity ada = model().tagWords(List.of(sentence.words())).get(0).get(0);
    // A name there and none are two of the things that may be true.
    assertThat(model().probabilityOfNone(sentence, ada)).isBetween(0.0, 1 - ada.probability());
    assertThat(model().probabilityOfNone(sentence, Entity.annotated("PER", 2, 3)))
        .isBetween(0.5, 1.0);
    NerModel pieces = train(config("epochs", "1", "max-words", "2"));
    var alone = TaggedSentence.untagged(List.of("lived", "in"));
    assertThat(pieces.probabilityOfNone(sentence, Entity.annotated("LOC", 3, 5)))
        .isEqualTo(pieces.probabilityOfNone(alone, Entity.annotated("LOC", 1, 2)), within(1e-6));
  }

  @Test
  void jsonCountsCodePoints() {
    Tagging tagging =
        new Tagging(
            "😀 Bo",
            Tokenizer.standard().tokenize("😀 Bo"),
            List.of(Entity.annotated("PER", 1, 2)));
    assertThat(tagging.spans().get(0).start()).isEqualTo(3);
    assertThat(tagging.shown().toString()).contains("start=2, end=4, type=PER, text=Bo");
    assertThat(JsonLines.line(tagging.shown()))
        .startsWith("{\"text\":\"😀 Bo\",\"tokens\":[\"😀\",\"Bo\"],\"spans\":[{\"start\":2,");
  }

  @Test
  void nothingToReadNamesNothing() {
    assertThat(model().tag("").entities()).isEmpty();
    assertThat(model().tag(" \n ").tokens()).isEmpty();
    assertThat(model().tagWords(List.of(List.of(), List.of("London"))).get(1)).hasSize(1);
  }

  @Test
  void entitiesOfLongSentencesStandWhereTheyAre() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      words.addAll(List.of("In", "Oslo", "it", "rained"));
    }
    List<Entity> entities = model().tagWords(List.of(words)).get(0);
    assertThat(entities).hasSizeGreaterThan(1800);
    assertThat(entities).allMatch(entity -> words.get(entity.from()).equals("Oslo"));
  }

  @Test
  void longTextsAreCutBehindFullStops() {
    TaggedSentence text = tagged("a/O ./O b/I-X c/I-X d/O e/O ./O f/O g/O h/O i/O j/O k/O");
    assertThat(text.pieces(13)).containsExactly(text);
    List<List<String>> words = text.pieces(5).stream().map(TaggedSentence::words).toList();
    assertThat(words)
        .containsExactly(
            List.of("a", ".", "b", "c", "d"),
            List.of("e", ".", "f", "g", "h"),
            List.of("i", "j", "k"));
    assertThat(text.pieces(8).get(0)).isEqualTo(tagged("a/O ./O b/I-X c/I-X d/O e/O ./O"));
  }

  @Test
  void devMayHaveTypesThatTheTrainingDataLacks() {
    var train = new Corpus<>(HANDFUL, "a handful", "none");
    var dev =
        new Corpus<>(
            List.of(tagged("In/O Oslo/I-LOC it/O rained/O"), tagged("May/I-MONTH came/O")),
            "dev",
            "none");
    NerConfig config = config();
    NerModel trained =
        NerTrainer.train(config, TagEncoder.fit(train, config), new Split<>(train, dev));
    assertThat(trained.types()).containsExactly("LOC", "PER");
    assertThat(trained.metrics().get("recall")).isEqualTo(50);
    assertThat(trained.metrics().get("logLoss")).isBetween(0.0, 1.0);
  }

  @Test
  void scoresAreThoseOfTheSchemeOfTheData() {
    // Adams follows Eve as a person of her own; to find one person of two words is one tag wrong
    // in IOB1, and two entities missed.
    var gold = List.of(tagged("Eve/I-PER Adams/B-PER slept/O"));
    var scores = NerModel.compare(gold, List.of(List.of(Entity.annotated("PER", 0, 2))));
    assertThat(scores.accuracy()).isEqualTo(100 * 2 / 3.0, within(1e-9));
    assertThat(scores.total().correct()).isZero();
    // conlleval knows no S; counted as they are, two neighbours would be one.
    var bioes = List.of(tagged("Eve/S-PER Adams/S-PER"));
    var right = NerModel.compare(bioes, List.of(bioes.get(0).entities()));
    assertThat(right.total().correct()).isEqualTo(2);
  }

  @Test
  void jsonCountsCharactersAndNotCodeUnits() {
    Token first = new Token("Ada", 3, 6);
    Token second = new Token("Bo", 11, 13);
    Tagging tagging =
        new Tagging(
            "😀 Ada 😀😀Bo",
            List.of(first, second),
            List.of(Entity.annotated("PER", 0, 1), Entity.annotated("PER", 1, 2)));
    assertThat(tagging.shown().spans().toString())
        .contains("start=2, end=5", "start=8, end=10", "text=Bo");
  }

  @Override
  protected Optional<Function<InputStream, NerModel>> streamLoader() {
    return Optional.of(NerModel::load);
  }

  @Override
  protected Optional<Function<String, NerModel>> resourceLoader() {
    return Optional.of(name -> NerModel.load(NerModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/crf-lstm.zip";
  }
}
