package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Settings;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.training.Encoder;
import dev.unroll.training.GradientStep;
import dev.unroll.training.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class LanguageOutputsTest {
  private static final double GAMMA = 0.3;
  private static final double EPSILON = 1e-5;

  /** As long as a text that may have been cut: "not so" and "a day" are read of more. */
  private static final List<Review> TEXTS =
      List.of(
          new Review("positive", "a zebra film"),
          new Review("negative", "not so bad and good a day"),
          new Review("positive", "good"),
          new Review("negative", ""));

  private static WordModel full;
  private static WordModel adaptive;
  private static WordModel tied;
  private static WordModel deep;

  @BeforeAll
  static void train(@TempDir Path folder) {
    full = WordModel.load(TinyLanguageModel.train(folder.resolve("full.zip"), false));
    adaptive =
        WordModel.load(
            TinyLanguageModel.train(
                folder.resolve("adaptive.zip"), true, "adaptive-softmax", "3,5"));
    tied =
        WordModel.load(TinyLanguageModel.train(folder.resolve("tied.zip"), false, "tied", "true"));
    deep =
        WordModel.load(TinyLanguageModel.train(folder.resolve("deep.zip"), false, "layers", "2"));
  }

  private static List<WordModel> models(String names) {
    Map<String, WordModel> all =
        Map.of("full", full, "adaptive", adaptive, "tied", tied, "deep", deep);
    return List.of(names.split(" ")).stream().map(all::get).toList();
  }

  private static SentimentConfig config(double gamma, List<WordModel> models) {
    return SentimentConfig.with(
            Map.of(
                "dropout", "0",
                "embedding-dropout", "0",
                "epochs", "3",
                "batch", "2",
                "max-words", "4",
                "averaging", "0",
                "language-model-loss", String.valueOf(gamma)))
        .withLanguageModels(models);
  }

  private static ReviewEncoder encoder(SentimentConfig config) {
    Vocabulary words =
        new WordCounter()
            .addAll(List.of("day", "zebra", "film", "good", "so", "not", "a"))
            .build(1, 99);
    return new ReviewEncoder(words, List.of("negative", "positive"), config);
  }

  private static LanguageOutputs outputs(List<WordModel> models, SentimentConfig config) {
    return new LanguageModels(models).outputs(config).orElseThrow();
  }

  private static ComputationGraph network(
      List<WordModel> models, SentimentConfig config, ReviewEncoder encoder, DataType type) {
    LanguageOutputs outputs = outputs(models, config);
    ComputationGraphConfiguration configuration =
        outputs.configuration(encoder.vocabulary().size(), encoder.labels().size());
    configuration.setDataType(type);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    new LanguageModels(models).copyTo(network, encoder.vocabulary());
    outputs.copyTo(network);
    return network;
  }

  private static MultiDataSet batch(
      List<WordModel> models, SentimentConfig config, ReviewEncoder encoder, List<Review> texts) {
    Encoder<Review, EncodedReview> joint = outputs(models, config).encoder(encoder);
    return joint.encode(joint.prepareAll(texts));
  }

  @Test
  void eachWordIsToldItsNeighbours() {
    List<WordModel> models = List.of(adaptive, full); // in any order
    SentimentConfig config = config(GAMMA, models);
    ReviewEncoder encoder = encoder(config);
    MultiDataSet batch = batch(models, config, encoder, TEXTS);
    String[][] next = {
      {"zebra", "film", "END"}, {"so", "-", "day", "END"}, {"END"}, {},
    };
    String[][] previous = {
      {"END", "a", "zebra"}, {"END", "not", "-", "a"}, {"END"}, {},
    };
    assertThat(batch.numLabelsArrays()).isEqualTo(3);
    assertThat(batch.getLabelsMaskArray(0)).isNull();
    assertLabels(batch, 1, next, full);
    assertLabels(batch, 2, previous, adaptive);
  }

  private static void assertLabels(
      MultiDataSet batch, int output, String[][] expected, WordModel model) {
    int predicted = 7;
    for (int text = 0; text < expected.length; text++) {
      for (int step = 0; step < 4; step++) {
        String word = step < expected[text].length ? expected[text][step] : "-";
        assertThat(batch.getLabelsMaskArray(output).getDouble(text, step))
            .as("weight of step %d of text %d", step, text)
            .isEqualTo(word.equals("-") ? 0 : GAMMA * TEXTS.size() / predicted, within(1e-6));
        if (!word.equals("-")) {
          int symbol = word.equals("END") ? model.end() : model.vocabulary().id(word);
          assertThat(batch.getLabels(output).getInt(text, 0, step))
              .as("what comes at step %d of text %d", step, text)
              .isEqualTo(symbol);
        }
      }
    }
  }

  @Test
  void aWordThatTheModelDoesNotKnowIsUnknown() {
    SentimentConfig config = config(GAMMA, List.of(full));
    ReviewEncoder encoder = encoder(config);
    MultiDataSet batch = batch(List.of(full), config, encoder, TEXTS);
    assertThat(encoder.vocabulary().contains("zebra")).isTrue();
    assertThat(batch.getLabels(1).getInt(0, 0, 0)).isEqualTo(Vocabulary.UNKNOWN_ID);
  }

  /** From the probabilities that the network gives, summed as the formula says. */
  @ParameterizedTest
  @ValueSource(strings = {"full", "tied", "deep", "full adaptive"})
  void theLossIsTheMeanOverTextsAndGammaTimesThatOverWords(String names) {
    List<WordModel> models = models(names);
    SentimentConfig config = config(GAMMA, models);
    ReviewEncoder encoder = encoder(config);
    ComputationGraph network = network(models, config, encoder, DataType.FLOAT);
    MultiDataSet batch = batch(models, config, encoder, TEXTS);
    network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
    INDArray[] answers = network.output(false, batch.getFeatures());
    network.clearLayerMaskArrays();
    double labels = 0;
    for (int text = 0; text < TEXTS.size(); text++) {
      int label = encoder.labels().indexOf(TEXTS.get(text).label());
      labels -= Math.log(answers[0].getDouble(text, label)) / TEXTS.size();
    }
    double expected = labels;
    for (int output = 1; output < answers.length; output++) {
      double words = 0;
      int count = 0;
      for (int text = 0; text < TEXTS.size(); text++) {
        for (int step = 0; step < batch.getLabels(output).size(2); step++) {
          if (batch.getLabelsMaskArray(output).getDouble(text, step) > 0) {
            int symbol = batch.getLabels(output).getInt(text, 0, step);
            words -= Math.log(answers[output].getDouble(text, symbol, step));
            count++;
          }
        }
      }
      assertThat(count).isEqualTo(7);
      expected += GAMMA * words / count;
    }
    assertThat(GradientStep.compute(network, batch)).isEqualTo(expected, within(1e-5));
  }

  /**
   * Along a random direction for each parameter (Goodfellow et al. 2016, 11.5); pooling is in
   * floats.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tied", "deep", "full adaptive"})
  void theGradientIsThatOfTheSum(String names) {
    List<WordModel> models = models(names);
    SentimentConfig config = config(GAMMA, models);
    ReviewEncoder encoder = encoder(config);
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      ComputationGraph network = network(models, config, encoder, DataType.DOUBLE);
      MultiDataSet batch = doubles(batch(models, config, encoder, TEXTS));
      GradientStep.compute(network, batch);
      Random random = new Random(5);
      List<String> taught = new ArrayList<>();
      network
          .gradient()
          .gradientForVariable()
          .forEach(
              (name, sum) -> {
                double[] steps = random.doubles(sum.length(), -1, 1).toArray();
                INDArray direction = Nd4j.createFromArray(steps).reshape(sum.shape());
                double actual = sum.mul(direction).sumNumber().doubleValue() / TEXTS.size();
                double expected = slope(network, batch, network.getParam(name), direction);
                assertThat(actual)
                    .as(name)
                    .isEqualTo(expected, within(1e-6 + 1e-4 * Math.abs(expected)));
                taught.add(name);
              });
      assertThat(taught)
          .contains("next-word_b", "recurrent1_" + (models.size() == 2 ? "fRW" : "RW"));
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  private static MultiDataSet doubles(MultiDataSet batch) {
    for (INDArray[] arrays :
        List.of(
            batch.getFeatures(),
            batch.getLabels(),
            batch.getFeaturesMaskArrays(),
            batch.getLabelsMaskArrays())) {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = arrays[i] == null ? null : arrays[i].castTo(DataType.DOUBLE);
      }
    }
    return batch;
  }

  private static double slope(
      ComputationGraph network, MultiDataSet batch, INDArray values, INDArray direction) {
    INDArray before = values.dup();
    values.assign(before.add(direction.mul(EPSILON)));
    double above = GradientStep.compute(network, batch);
    values.assign(before.sub(direction.mul(EPSILON)));
    double below = GradientStep.compute(network, batch);
    values.assign(before);
    return (above - below) / (2 * EPSILON);
  }

  @Test
  void whatIsSavedHasNothingOfTheOutputs(@TempDir Path folder) throws IOException {
    List<WordModel> models = List.of(full, adaptive);
    SentimentModel joint = trained(GAMMA, models);
    SentimentModel plain = trained(0, models);
    Path jointly = folder.resolve("joint.zip");
    Path plainly = folder.resolve("plain.zip");
    joint.save(jointly);
    plain.save(plainly);
    assertThat(entries(jointly)).isEqualTo(entries(plainly));
    assertThat(parameters(jointly)).hasSameSizeAs(parameters(plainly));
    assertThat(parameters(jointly)).isNotEqualTo(parameters(plainly));
    assertThat(SentimentModel.load(jointly).classify("a good day"))
        .isEqualTo(joint.classify("a good day"));
    // The scores of the epoch that was kept are those of what was saved.
    assertThat(joint.evaluate(TEXTS).logLoss())
        .isEqualTo(joint.metrics().get("logLoss"), within(1e-6));
  }

  @Test
  void withAGammaOfZeroTheClassifierLearnsAsWithoutThem() {
    List<WordModel> models = List.of(full, adaptive);
    SentimentConfig config = config(0, models);
    ReviewEncoder encoder = encoder(config);
    assertThat(new LanguageModels(models).outputs(config)).isEmpty();
    LanguageOutputs outputs = new LanguageOutputs(models, config);
    ComputationGraph joint = Networks.of(outputs.configuration(8, 2));
    ComputationGraph plain = Networks.of(SentimentNetwork.configuration(config, 8, 2));
    plain.paramTable().forEach((name, values) -> values.assign(joint.getParam(name)));
    List<EncodedReview> texts = encoder.prepareAll(TEXTS);
    double loss = GradientStep.compute(joint, outputs.encoder(encoder).encode(texts));
    assertThat(loss).isEqualTo(GradientStep.compute(plain, encoder.encode(texts)));
    plain
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, gradient) ->
                assertThat(joint.gradient().getGradientFor(name)).as(name).isEqualTo(gradient));
  }

  /** Which needs the outputs and their moments in the checkpoint. */
  @Test
  void aStoppedTrainingGoesOnToTheSameBytes(@TempDir Path folder) throws IOException {
    Path undisturbed = folder.resolve("undisturbed.zip");
    train(undisturbed, false, Integer.MAX_VALUE);
    Path stopped = folder.resolve("stopped.zip");
    assertThatThrownBy(() -> train(stopped, false, 3)).isInstanceOf(TrainingStopped.class);
    assertThat(stopped).doesNotExist();
    train(stopped, true, Integer.MAX_VALUE);
    assertThat(Files.readAllBytes(stopped)).isEqualTo(Files.readAllBytes(undisturbed));
  }

  private static void train(Path target, boolean resume, int questions) {
    List<WordModel> models = List.of(full, adaptive);
    SentimentConfig config =
        Settings.with(config(GAMMA, models), Map.of("dropout", "0.5", "averaging", "0.5"));
    AtomicInteger left = new AtomicInteger(questions);
    new SentimentTrainer(config)
        .languageModels(models)
        .target(target, resume)
        .stopWhen(() -> left.decrementAndGet() <= 0)
        .train(encoder(config), split());
  }

  @Test
  void aLossOfALanguageModelNeedsOne() {
    SentimentConfig config = SentimentConfig.with(Map.of("language-model-loss", "0.5"));
    Split<Review> split = split();
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config);
    assertThatThrownBy(() -> SentimentTrainer.train(config, encoder, split))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("got 0.5 without one; add ");
    assertThatThrownBy(() -> config.withLanguageModels(List.of())).isInstanceOf(UserError.class);
    for (String wrong : List.of("-1", "NaN", "Infinity")) {
      assertThatThrownBy(() -> SentimentConfig.with(Map.of("language-model-loss", wrong)))
          .hasMessageContaining("language-model-loss must be 0 or more");
    }
  }

  private static Split<Review> split() {
    Corpus<Review> corpus = new Corpus<>(TEXTS, "four texts", "none");
    return new Split<>(corpus, corpus);
  }

  private static SentimentModel trained(double gamma, List<WordModel> models) {
    SentimentConfig config = config(gamma, models);
    return new SentimentTrainer(config)
        .languageModels(models)
        .train(encoder(config), split())
        .model();
  }

  private static List<String> entries(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static byte[] parameters(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry("parameters.bin")).readAllBytes();
    }
  }
}
