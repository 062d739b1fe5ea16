package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.Encoder;
import dev.unroll.training.GradientStep;
import dev.unroll.training.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  void aWordThatTheModelDoesNotKnowIsUnknown() {
    SentimentConfig config = JointTexts.config(GAMMA, List.of(full));
    ReviewEncoder encoder = JointTexts.encoder(config);
    MultiDataSet batch = batch(List.of(full), config, encoder, JointTexts.TEXTS);
    assertThat(encoder.vocabulary().contains("zebra")).isTrue();
    assertThat(batch.getLabels(1).getInt(0, 0, 0)).isEqualTo(Vocabulary.UNKNOWN_ID);
  }

  /** From the probabilities that the network gives, summed as the formula says. */
  @ParameterizedTest
  @ValueSource(strings = {"full", "tied", "deep", "full adaptive"})
  void theLossIsTheMeanOverTextsAndGammaTimesThatOverWords(String names) {
    List<WordModel> models = models(names);
    SentimentConfig config = JointTexts.config(GAMMA, models);
    ReviewEncoder encoder = JointTexts.encoder(config);
    ComputationGraph network = network(models, config, encoder, DataType.FLOAT);
    MultiDataSet batch = batch(models, config, encoder, JointTexts.TEXTS);
    network.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
    INDArray[] answers = network.output(false, batch.getFeatures());
    network.clearLayerMaskArrays();
    double labels = 0;
    for (int text = 0; text < JointTexts.TEXTS.size(); text++) {
      int label = encoder.labels().indexOf(JointTexts.TEXTS.get(text).label());
      labels -= Math.log(answers[0].getDouble(text, label)) / JointTexts.TEXTS.size();
    }
    double expected = labels;
    for (int output = 1; output < answers.length; output++) {
      double words = 0;
      int count = 0;
      for (int text = 0; text < JointTexts.TEXTS.size(); text++) {
        for (int step = 0; step < batch.getLabels(output).size(2); step++) {
          if (batch.getLabelsMaskArray(output).getDouble(text, step) > 0) {
            int symbol = batch.getLabels(output).getInt(text, 0, step);
            words -= Math.log(answers[output].getDouble(text, symbol, step));
            count++;
          }
        }
      }
      assertThat(count).isEqualTo(JointTexts.PREDICTED);
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
    SentimentConfig config = JointTexts.config(GAMMA, models);
    ReviewEncoder encoder = JointTexts.encoder(config);
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      ComputationGraph network = network(models, config, encoder, DataType.DOUBLE);
      MultiDataSet batch = doubles(batch(models, config, encoder, JointTexts.TEXTS));
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
                double actual =
                    sum.mul(direction).sumNumber().doubleValue() / JointTexts.TEXTS.size();
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
  void withAGammaOfZeroTheClassifierLearnsAsWithoutThem() {
    List<WordModel> models = List.of(full, adaptive);
    SentimentConfig config = JointTexts.config(0, models);
    ReviewEncoder encoder = JointTexts.encoder(config);
    assertThat(new LanguageModels(models).outputs(config)).isEmpty();
    LanguageOutputs outputs = new LanguageOutputs(models, config);
    ComputationGraph joint = Networks.of(outputs.configuration(8, 2));
    ComputationGraph plain = Networks.of(SentimentNetwork.configuration(config, 8, 2));
    plain.paramTable().forEach((name, values) -> values.assign(joint.getParam(name)));
    List<EncodedReview> texts = encoder.prepareAll(JointTexts.TEXTS);
    double loss = GradientStep.compute(joint, outputs.encoder(encoder).encode(texts));
    assertThat(loss).isEqualTo(GradientStep.compute(plain, encoder.encode(texts)));
    plain
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, gradient) ->
                assertThat(joint.gradient().getGradientFor(name)).as(name).isEqualTo(gradient));
  }
}
