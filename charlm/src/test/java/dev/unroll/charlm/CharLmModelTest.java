package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.generation.Stretch;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learns a verse by heart, and is then asked all that a user may ask. */
class CharLmModelTest extends ModelContract<CharLmModel, String, LineScore> {
  private static final List<String> ODD =
      List.of(
          "",
          "t",
          "é",
          "ñññ",
          "👍",
          "The tide comes in, the tide goes out,",
          "tuo seog edit eht",
          "hum ".repeat(700),
          "it hums");

  @Override
  protected CharLmModel learn() {
    return Verse.train(Verse.config());
  }

  @Override
  protected void assertLearnt(CharLmModel model) {
    Evaluation evaluation = model.evaluate(List.of(new Passage(Verse.TEXT)));
    assertThat(evaluation.scores().natsPerCharacter()).isLessThan(0.3);
    assertThat(evaluation.scores().characters()).isEqualTo(Verse.TEXT.length());
    assertThat(evaluation.scores().unknown()).isZero();
    assertThat(evaluation.baseline().orElseThrow().natsPerCharacter())
        .isGreaterThan(evaluation.scores().natsPerCharacter());
    assertThat(model.metrics().get("natsPerCharacter"))
        .isEqualTo(evaluation.scores().natsPerCharacter(), within(1e-12));
  }

  @Override
  protected CharLmModel train(long seed) {
    String number = String.valueOf(seed);
    return Verse.train(
        Verse.config("epochs", "3", "dropout", "0.3", "layers", "2", "seed", number));
  }

  @Override
  protected List<String> questions() {
    return ODD;
  }

  @Override
  protected List<LineScore> answer(CharLmModel model, List<String> lines) {
    return model.score(lines);
  }

  @Override
  protected LineScore answer(CharLmModel model, String line) {
    return model.score(line);
  }

  @Override
  protected void save(CharLmModel model, Path file) {
    model.save(file);
  }

  @Override
  protected CharLmModel load(Path file) {
    return CharLmModel.load(file);
  }

  @Override
  protected List<Object> description(CharLmModel model) {
    return List.of(
        model.config(),
        model.metrics(),
        model.provenance(),
        model.evaluate(Verse.LINES).toMap(),
        model.sample(SampleRequest.ofLength(60, 3)));
  }

  @Test
  void goesOnWithTheVerse() {
    SampleRequest greedy =
        SampleRequest.ofLength(40, 1)
            .withPrime("The tide comes in, ")
            .withSampling(new SamplingConfig(0, 0, 1));
    assertThat(model().sample(greedy))
        .isEqualTo(Verse.TEXT.substring(0, "The tide comes in, ".length() + 40));
  }

  @Test
  @Tag("slow")
  void everyNetworkLearnsIt() {
    for (String cell : List.of("lstm", "gru", "rnn")) {
      CharLmModel other = Verse.train(Verse.config("cell", cell, "layers", "2", "epochs", "60"));
      assertThat(other.metrics().get("natsPerCharacter")).as(cell).isLessThan(1.2);
    }
  }

  @Tag("slow")
  @Test
  void readsAndPredictsWithTheSameVectors() {
    CharLmModel tied = Verse.train(Verse.config("tied", "true"));
    int symbols = tied.encoder().symbols();
    assertThat(tied.config().dimensions()).isEqualTo(tied.config().network().hidden());
    var network = CharLmNetwork.build(tied.config(), symbols);
    assertThat(network.getLayer(CharLmNetwork.OUTPUT).numParams()).isEqualTo(symbols);
    Evaluation evaluation = tied.evaluate(List.of(new Passage(Verse.TEXT)));
    assertThat(evaluation.scores().natsPerCharacter()).isLessThan(0.3);
    Path path = file("tied.zip");
    tied.save(path);
    CharLmModel loaded = CharLmModel.load(path);
    assertThat(loaded.score(ODD)).isEqualTo(tied.score(ODD));
    assertThat(ODD.parallelStream().map(loaded::score).toList())
        .isEqualTo(ODD.stream().map(tied::score).toList());
  }

  @Tag("slow")
  @Test
  void itsOwnLinesAreMoreProbableThanOthers() {
    CharLmModel lines = Verse.train(Verse.config("ending", "line"));
    assertThat(lines.score("it hums in the dark and it hums alone.").perCharacter())
        .isGreaterThan(lines.score("it hums in the lark and it hums alone.").perCharacter());
    assertThat(lines.evaluate(Verse.LINES).scores().characters()).isEqualTo(Verse.TEXT.length());
  }

  @Test
  void wordsWorkToo() {
    CharLmModel words = Verse.train(Verse.config("level", "word", "baseline-order", "3"));
    Evaluation evaluation = words.evaluate(Verse.LINES);
    assertThat(evaluation.words()).isEqualTo(43); // words, commas, full stops, and four line ends
    assertThat(evaluation.scores().characters()).isEqualTo(Verse.TEXT.length());
    assertThat(evaluation.toMap()).containsKeys("words", "perplexityPerWord", "baseline");
    SampleRequest line =
        new SampleRequest("It takes", 50, 1, "", 0, new SamplingConfig(0, 0, 1), 1);
    assertThat(words.sample(line)).isEqualTo("It takes a shell , it leaves a stone ,\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"document", "line"})
  void aLineIsWorthTheSumOfItsSteps(String ending) {
    CharLmModel any = Verse.train(Verse.config("ending", ending, "epochs", "2"));
    String line = "the tide";
    double sum = 0;
    StringBuilder read = new StringBuilder();
    for (char next : (line + "\n").toCharArray()) {
      double before = prefix(any, read.toString());
      read.append(next);
      sum += prefix(any, read.toString()) - before;
    }
    LineScore score = any.score(line);
    assertThat(score.logProbability()).isEqualTo(sum, within(1e-4));
    assertThat(score.perCharacter()).isEqualTo(score.logProbability() / 9, within(1e-12));
  }

  /** The logarithm of the probability of a beginning, symbol by symbol as a sampler reads it. */
  private static double prefix(CharLmModel any, String text) {
    double[] sum = {0};
    int[] symbols = any.encoder().prime(text);
    var network = CharLmNetwork.build(any.config(), any.encoder().symbols());
    network.setParams(any.parameters());
    NetworkSymbols next = new NetworkSymbols(Verse.forward(network), any.encoder().symbols());
    next.begin(1);
    for (int i = 0; i + 1 < symbols.length; i++) {
      sum[0] += next.read(new int[] {symbols[i]})[0][symbols[i + 1]];
    }
    return sum[0];
  }

  @Test
  void whatIsUnknownIsCountedAndAnswered() {
    Evaluation evaluation = model().evaluate(List.of(new Passage("ééé")));
    assertThat(evaluation.scores().unknown()).isEqualTo(3);
    assertThat(evaluation.scores().natsPerCharacter()).isFinite().isPositive();
    assertThat(model().score("é").logProbability()).isEqualTo(model().score("ñ").logProbability());
  }

  @Test
  void aBeamIsAtLeastAsProbableAsTheGreedyText() {
    SampleRequest greedy = new SampleRequest("th", 12, 0, "", 0, new SamplingConfig(0, 0, 1), 1);
    SampleRequest beam = new SampleRequest("th", 12, 0, "", 8, SamplingConfig.defaults(), 1);
    assertThat(prefix(model(), model().sample(beam)))
        .isGreaterThanOrEqualTo(prefix(model(), model().sample(greedy)) - 1e-6);
  }

  @Test
  void manyThreadsWriteTheTextOfOne() {
    SampleRequest request = SampleRequest.ofLength(50, 9);
    assertThat(Collections.nCopies(8, request).parallelStream().map(model()::sample))
        .containsOnly(model().sample(request));
  }

  /** Two at a time are read at once, one by itself window by window. */
  @Test
  void aVeryLongLineIsAsProbableReadInPieces() {
    CharLmModel model = Verse.train(Verse.config("ending", "line", "epochs", "3"));
    String line = "the tide comes in ".repeat(600);
    var network = CharLmNetwork.build(model.config(), model.encoder().symbols());
    network.setParams(model.parameters());
    Stretch text = Stretch.of(model.encoder().line(line));
    double[] atOnce =
        TextProbability.each(Verse.forward(network), model.encoder(), List.of(text, text));
    assertThat(model.score(line).logProbability())
        .isCloseTo(atOnce[0], withinPercentage(0.001))
        .isLessThan(-1000);
  }

  @Override
  protected Optional<Function<InputStream, CharLmModel>> streamLoader() {
    return Optional.of(CharLmModel::load);
  }

  @Override
  protected Optional<Function<String, CharLmModel>> resourceLoader() {
    return Optional.of(name -> CharLmModel.load(CharLmModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/characters.zip";
  }
}
