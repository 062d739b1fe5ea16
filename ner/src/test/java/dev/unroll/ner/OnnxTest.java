package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.UserError;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.testing.OnnxSession;
import dev.unroll.testing.OnnxSession.Tensor;
import dev.unroll.testing.Python;
import dev.unroll.text.WordCounter;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Another program, which has the exported file and nothing else, finds the tags of the model. */
class OnnxTest {
  private static final List<String> WORDS = List.of("Ada", "met", "Bo", "in", "oslo", ".");
  private static final int PATHS = 20;
  private static final Path DOCUMENTATION = Path.of("../docs/onnx.md");

  private final Random random = new Random(11);

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, true, CNN, 0, CRF",
    "lstm, 2, true, LSTM, 3, CRF",
    "gru, 1, true, LSTM, 0, SOFTMAX",
    "gru, 3, false, CNN, 3, SOFTMAX",
    "rnn, 1, false, NONE, 0, CRF"
  })
  void emissionsAndTagsAreThoseOfTheModel(
      String cell, String layers, String both, String characters, String shapes, String output) {
    Map<String, String> settings =
        new HashMap<>(Map.of("cell", cell, "layers", layers, "bidirectional", both));
    settings.putAll(Map.of("characters", characters, "shape-dimensions", shapes));
    settings.putAll(Map.of("output", output, "hidden", "8", "dimensions", "6"));
    settings.putAll(Map.of("character-dimensions", "5", "character-filters", "7"));
    NerConfig config = NerConfig.with(settings);
    TagEncoder encoder = encoder(config, new StackedStates(List.of()));
    ComputationGraph network = NerNetwork.build(config, encoder);
    network.params().assign(Nd4j.randn(network.params().shape()).mul(0.5));

    List<List<String>> sentences = sentences();
    List<CrfLattice> expected =
        TrainedNetwork.of(network)
            .with(
                forward ->
                    NerNetwork.lattices(
                        forward,
                        encoder,
                        encoder.prepareAll(
                            sentences.stream().map(TaggedSentence::untagged).toList())));
    try (OnnxSession session = new OnnxSession(NerOnnx.of(config, encoder, network).toBytes())) {
      compare(answer(session, sentences), sentences, expected);
      for (int i = 0; i < 3; i++) {
        List<List<String>> alone = List.of(sentences.get(i));
        compare(answer(session, alone), alone, List.of(expected.get(i)));
      }
    }
  }

  private static TagEncoder encoder(NerConfig config, StackedStates models) {
    return new TagEncoder(
        new WordCounter().addAll(WORDS).build(1, 100),
        new WordCounter().addAll(List.of("A", "d", "a", "m", "e", "t", "B")).build(1, 100),
        List.of("LOC", "PER"),
        TagScheme.BIO,
        config,
        models);
  }

  /** None, one word, a long one, unknown ones; of random length. */
  private List<List<String>> sentences() {
    List<List<String>> sentences =
        new ArrayList<>(
            List.of(List.of(), List.of("Bo"), List.of("zxqv", "😀", "Oslo", "m".repeat(90), "7")));
    for (int i = 0; i < 8; i++) {
      List<String> words = new ArrayList<>();
      for (int n = random.nextInt(15); n >= 0; n--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      sentences.add(words);
    }
    return sentences;
  }

  private void compare(
      Map<String, Tensor> answer, List<List<String>> sentences, List<CrfLattice> expected) {
    float[][][] emissions = cube(answer.get("emissions"));
    float[][] transitions = cube(answer.get("transitions"))[0];
    float[] starts = answer.get("starts").values();
    float[] ends = answer.get("ends").values();
    for (int i = 0; i < sentences.size(); i++) {
      int length = sentences.get(i).size();
      float[][] steps = Arrays.copyOf(emissions[i], length);
      int[] best = Viterbi.bestTags(steps, transitions, starts, ends);
      assertThat(best).as("tags of %s", sentences.get(i)).isEqualTo(expected.get(i).bestPath());
      for (int n = 0; n < PATHS && length > 0; n++) {
        int[] path = random.ints(length, 0, starts.length).toArray();
        double ours = expected.get(i).score(path);
        double theirs = starts[path[0]] + ends[path[length - 1]];
        for (int t = 0; t < length; t++) {
          theirs += steps[t][path[t]] + (t == 0 ? 0 : transitions[path[t - 1]][path[t]]);
        }
        if (ours == Double.NEGATIVE_INFINITY) {
          assertThat(theirs).as("what is forbidden").isLessThan(-9_000);
        } else {
          assertThat(theirs).as("score").isCloseTo(ours, within(1e-5 * length));
        }
      }
    }
  }

  /** Of up to three dimensions. */
  private static float[][][] cube(Tensor tensor) {
    int last = (int) tensor.shape()[tensor.shape().length - 1];
    int rows = (int) tensor.shape()[tensor.shape().length - 2];
    float[][][] cube = new float[tensor.values().length / rows / last][rows][];
    for (int i = 0; i < cube.length * rows; i++) {
      cube[i / rows][i % rows] = Arrays.copyOfRange(tensor.values(), i * last, (i + 1) * last);
    }
    return cube;
  }

  /** As docs/onnx.md says. */
  private static Map<String, Tensor> answer(OnnxSession session, List<List<String>> sentences) {
    List<String> vocabulary = session.texts("vocabulary");
    boolean spelled = session.metadata().containsKey("characters");
    List<String> alphabet = spelled ? session.texts("characters") : List.of();
    int time = Math.max(1, sentences.stream().mapToInt(List::size).max().orElse(1));
    long[][] words = new long[sentences.size()][time];
    long[][] shapes = new long[sentences.size()][time];
    long[][][] characters = new long[sentences.size()][time][34];
    long[] lengths = new long[sentences.size()];
    for (int i = 0; i < words.length; i++) {
      lengths[i] = sentences.get(i).size();
      for (int t = 0; t < lengths[i]; t++) {
        String word = sentences.get(i).get(t);
        int asWritten = vocabulary.indexOf(word);
        int lower = vocabulary.indexOf(word.toLowerCase(Locale.ROOT));
        words[i][t] = asWritten > 0 ? asWritten : Math.max(0, lower);
        shapes[i][t] = Spelling.shape(word);
        if (spelled) {
          spell(word, alphabet, characters[i][t]);
        }
      }
    }
    Map<String, Object> inputs = new HashMap<>(Map.of("words", words, "lengths", lengths));
    if (spelled) {
      inputs.put("characters", characters);
    }
    if (session.inputs().contains("shapes")) {
      inputs.put("shapes", shapes);
    }
    return session.run(inputs);
  }

  private static void spell(String word, List<String> alphabet, long[] numbers) {
    int[] all = word.codePoints().toArray();
    int length = Math.min(32, all.length);
    numbers[0] = 1;
    for (int i = 0; i < length; i++) {
      int character = all[i < 24 ? i : i + all.length - length];
      numbers[i + 1] = 3 + Math.max(0, alphabet.indexOf(Character.toString(character)));
    }
    numbers[length + 1] = 2;
  }

  @Test
  void aTaggerWithLanguageModelsIsRefused(@TempDir Path folder) {
    NerConfig config = NerConfig.with(Map.of("hidden", "4"));
    TagEncoder encoder =
        encoder(config, new StackedStates(TinyLanguageModels.both(folder).subList(0, 1)));
    assertThatThrownBy(() -> NerOnnx.of(config, encoder, NerNetwork.build(config, encoder)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("language models");
  }

  /** So that it is the code of the documentation that has been tested here. */
  @Test
  void theDocumentationShowsThisSearch() throws IOException {
    String code = Files.readString(Path.of("src/test/java/dev/unroll/ner/Viterbi.java"));
    String shown = Files.readString(DOCUMENTATION);
    assertThat(withoutBlanks(shown))
        .contains(withoutBlanks(code.substring(code.indexOf("final class"))));
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The same search in the other language of the documentation, where that is installed. */
  @Test
  void thePythonOfTheDocumentationFindsTheSameTags() throws Exception {
    assumeTrue(Python.run("import numpy").isPresent(), "there is no Python with NumPy");
    String shown = Files.readString(DOCUMENTATION);
    int begin = shown.indexOf("import numpy as np\n\ndef best_tags");
    StringBuilder program = new StringBuilder(shown.substring(begin, shown.indexOf("```", begin)));
    StringBuilder expected = new StringBuilder();
    for (int words : new int[] {0, 1, 2, 9}) {
      float[][] emissions = normal(words, 5);
      float[][] transitions = normal(5, 5);
      float[][] ends = normal(2, 5);
      program.append(
          "print(best_tags(*map(np.array, (%s, %s, %s, %s))))%n"
              .formatted(
                  Arrays.deepToString(emissions),
                  Arrays.deepToString(transitions),
                  Arrays.toString(ends[0]),
                  Arrays.toString(ends[1])));
      int[] tags = Viterbi.bestTags(emissions, transitions, ends[0], ends[1]);
      expected.append(Arrays.toString(tags)).append('\n');
    }
    assertThat(Python.run(program.toString())).contains(expected.toString());
  }

  private float[][] normal(int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
