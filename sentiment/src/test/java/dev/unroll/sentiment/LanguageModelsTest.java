package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.LanguageNetwork;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LanguageModelsTest {
  private static final List<String> SENTENCE = List.of("not", "a", "good", "zebra", "film");
  private static final Corpus<Review> REVIEWS =
      new Corpus<>(
          List.of(new Review("positive", "a good zebra"), new Review("negative", "a bad day")),
          "two reviews",
          "none");

  @TempDir Path folder;

  @Test
  void aClassifierBeginsInTheStatesOfALanguageModel() {
    Path file = train("forward.zip", false, "layers", "2");
    ComputationGraph network = begin(List.of(WordModel.load(file)));
    float[][] expected = states(file, 2, SENTENCE);
    float[][] states = states(network, "recurrent2", SENTENCE);
    for (int t = 0; t < expected.length; t++) {
      assertThat(states[t]).as("step " + t).containsExactly(expected[t], within(1e-6f));
    }
  }

  @Test
  void modelsMayPredictAdaptively() {
    Path file = train("adaptive.zip", false, "layers", "1", "adaptive-softmax", "3,5");
    assertThat(WordModel.load(file).vector("film")).hasSize(5);
  }

  @Test
  void twoModelsReadBothWays() {
    Path forward = train("forward.zip", false, "layers", "1", "dimensions", "4");
    Path reverse = train("reverse.zip", true, "layers", "1", "dimensions", "3");
    ComputationGraph network =
        begin(List.of(WordModel.load(reverse), WordModel.load(forward))); // in any order
    List<String> backwards = new ArrayList<>(SENTENCE);
    Collections.reverse(backwards);
    float[][] ahead = states(forward, 1, SENTENCE);
    float[][] back = states(reverse, 1, backwards);
    float[][] states = states(network, "recurrent1", SENTENCE);
    for (int t = 0; t < ahead.length; t++) {
      assertThat(Arrays.copyOf(states[t], 6)).containsExactly(ahead[t], within(1e-6f));
      assertThat(Arrays.copyOfRange(states[t], 6, 12))
          .containsExactly(back[ahead.length - 1 - t], within(1e-6f));
    }
  }

  @Test
  void trainsFromThereAndKnowsTheModelsWords() {
    WordModel model = WordModel.load(train("forward.zip", false, "layers", "1"));
    SentimentConfig config = config().withLanguageModels(List.of(model));
    ReviewEncoder encoder =
        ReviewEncoder.fit(REVIEWS, config, new LanguageModels(List.of(model)).words());
    assertThat(encoder.vocabulary().contains("film")).isTrue();
    SentimentModel trained =
        new SentimentTrainer(config)
            .languageModels(List.of(model))
            .train(encoder, new Split<>(REVIEWS, REVIEWS))
            .model();
    assertThat(trained.classify("good").label()).isEqualTo("positive");
    assertThatThrownBy(() -> new SentimentTrainer(config()).languageModels(List.of(model)))
        .hasMessageContaining("withLanguageModels");
  }

  @Test
  void refusesModelsThatDoNotFitTogether() {
    WordModel one = WordModel.load(train("one.zip", false, "layers", "1"));
    WordModel two = WordModel.load(train("two.zip", false, "layers", "1"));
    WordModel deep = WordModel.load(train("deep.zip", true, "layers", "2"));
    assertThatThrownBy(() -> new LanguageModels(List.of(one, two)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("one.zip, two.zip");
    assertThatThrownBy(() -> new LanguageModels(List.of(one, deep)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("deep.zip with 2 × 6 lstm");
    Path characters = train("characters.zip", false, "level", "character");
    assertThatThrownBy(() -> WordModel.load(characters))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("level word");
  }

  private Path train(String name, boolean reverse, String... settings) {
    return TinyLanguageModel.train(folder.resolve(name), reverse, settings);
  }

  private static SentimentConfig config() {
    return SentimentConfig.with(
        Map.of("epochs", "30", "batch", "2", "dropout", "0", "embedding-dropout", "0"));
  }

  private static ComputationGraph begin(List<WordModel> models) {
    SentimentConfig config = config().withLanguageModels(models);
    Vocabulary vocabulary = vocabulary();
    ComputationGraph network =
        Networks.of(SentimentNetwork.configuration(config, vocabulary.size(), 2));
    new LanguageModels(models).copyTo(network, vocabulary);
    return network;
  }

  private static Vocabulary vocabulary() {
    return new WordCounter().addAll(SENTENCE).build(1, 99);
  }

  private static float[][] states(ComputationGraph network, String layer, List<String> words) {
    Vocabulary vocabulary = vocabulary();
    return states(network, layer, words.stream().mapToInt(vocabulary::id).toArray());
  }

  /** Of the language model itself, whose file is read by nothing of this module. */
  private static float[][] states(Path file, int layers, List<String> words) {
    return NetworkFile.load(
        file,
        "charlm",
        in -> {
          Vocabulary vocabulary = Vocabulary.read(in.entries().lines("vocabulary.txt"));
          int dimensions = Integer.parseInt(in.config(all -> all.get("dimensions")));
          NetworkConfig config = new NetworkConfig(NetworkConfig.Cell.LSTM, layers, 6, false, 0);
          ComputationGraph network =
              in.network(
                      () ->
                          new LanguageNetwork(config, dimensions, false, 0, 8, 1)
                              .configuration(vocabulary.size() + 1),
                      config)
                  .graph();
          int[] ids = words.stream().mapToInt(vocabulary::id).toArray();
          return states(network, "recurrent" + layers, ids);
        });
  }

  private static float[][] states(ComputationGraph network, String layer, int[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = ids[i];
    }
    INDArray in = Nd4j.create(values, new long[] {1, 1, ids.length}, 'c');
    INDArray out = network.feedForward(new INDArray[] {in}, false, true).get(layer);
    float[][] states = new float[ids.length][(int) out.size(1)];
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < states[t].length; i++) {
        states[t][i] = out.getFloat(0, i, t);
      }
    }
    return states;
  }
}
