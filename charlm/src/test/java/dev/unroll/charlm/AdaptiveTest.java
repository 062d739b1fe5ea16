package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.SamplingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of words whose softmax is an adaptive one does all that others do. */
class AdaptiveTest {
  private static final List<String> ODD =
      List.of("", "tide", "the tide goes out", "日本 tide", "it hums in the dark", "hum ".repeat(50));

  private static CharLmModel model;

  @BeforeAll
  static void train() {
    model = Verse.train(config("adaptive-softmax", "6,15", "seed", "2"));
  }

  private static CharLmConfig config(String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 4, more.length);
    all[0] = "level";
    all[1] = "word";
    all[2] = "baseline-order";
    all[3] = "0";
    return Verse.config(all);
  }

  @Test
  void learnsTheVerse() {
    Evaluation evaluation = model.evaluate(Verse.LINES);
    assertThat(evaluation.scores().natsPerCharacter()).isLessThan(0.3);
    SampleRequest line =
        new SampleRequest("It takes", 50, 1, "", 0, new SamplingConfig(0, 0, 1), 1);
    assertThat(model.sample(line)).isEqualTo("It takes a shell , it leaves a stone ,\n");
    SampleRequest beam =
        new SampleRequest("It takes", 50, 1, "", 3, new SamplingConfig(0, 0, 1), 1);
    assertThat(model.sample(beam)).isEqualTo("It takes a shell , it leaves a stone ,\n");
  }

  /** The end of a line, which has the last number, is in the head, and no two words are one. */
  @Test
  void readsStepByStepWhatItScores() {
    int symbols = model.encoder().symbols();
    ComputationGraph network = CharLmNetwork.build(model.config(), symbols);
    network.setParams(model.parameters());
    assertThat(network.getLayer(CharLmNetwork.OUTPUT).getParam("b2").length())
        .isEqualTo(symbols - 15);
    NetworkSymbols steps = new NetworkSymbols(Verse.forward(network), symbols);
    for (String line : ODD) {
      int[] read = model.encoder().line(line);
      double sum = 0;
      steps.begin(1);
      for (int t = 0; t + 1 < read.length; t++) {
        float[] next = steps.read(new int[] {read[t]})[0];
        assertThat(IntStream.range(0, symbols).mapToDouble(i -> Math.exp(next[i])).sum())
            .isCloseTo(1, within(1e-4));
        sum += next[read[t + 1]];
      }
      assertThat(model.score(line).logProbability()).isCloseTo(sum, within(1e-3));
    }
  }

  @Test
  void theFileSaysSo(@TempDir Path folder) {
    Path file = folder.resolve("m.zip");
    model.save(file);
    CharLmModel loaded = CharLmModel.load(file);
    assertThat(loaded.config()).isEqualTo(model.config());
    assertThat(loaded.config().adaptiveSoftmax()).isEqualTo("6,15");
    assertThat(loaded.score(ODD)).isEqualTo(model.score(ODD));
    assertThat(loaded.evaluate(Verse.LINES).toMap()).isEqualTo(model.evaluate(Verse.LINES).toMap());
    assertThat(ODD.parallelStream().map(loaded::score).toList())
        .isEqualTo(ODD.stream().map(model::score).toList());
  }

  @Test
  void sameSeedSameModel() {
    String[] settings = {"adaptive-softmax", "6,15", "epochs", "3", "dropout", "0.3"};
    assertThat(Verse.train(config(settings)).parameters())
        .isEqualTo(Verse.train(config(settings)).parameters());
  }

  @Test
  void explains() {
    Explanation explanation = model.explain("The tide comes in");
    assertThat(explanation.predicted()).hasSize(4);
    assertThat(explanation.influence()[3]).hasSize(4).doesNotContain(Float.NaN);
  }

  @Test
  void fewWordsAreBestLeftWhole() {
    CharLmModel chosen = Verse.train(config("adaptive-softmax", "auto", "epochs", "1"));
    assertThat(chosen.config().adaptiveSoftmax()).isEqualTo("none");
    CharLmModel plain = Verse.train(config("epochs", "1"));
    assertThat(chosen.parameters()).isEqualTo(plain.parameters());
  }

  @Test
  void cutoffsAreChosenForManyWords() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      text.append("the tide comes in and ").append("the tide takes word").append(i).append('\n');
    }
    CharLmConfig config =
        config("adaptive-softmax", "auto", "epochs", "1", "hidden", "8", "batch", "32");
    Corpus<Passage> corpus =
        new Corpus<>(List.of(new Passage(text.toString())), "many words", "none");
    CharLmModel many =
        CharLmTrainer.train(config, CharEncoder.fit(corpus, config), new Split<>(corpus, corpus));
    AdaptiveSetting setting = many.config().adaptive();
    assertThat(setting.chosen()).isTrue();
    assertThat(setting.cutoffs(1507).get(0)).isBetween(7, 40);
  }

  @Test
  void moreCutoffsThanWordsAreRefused() {
    CharLmConfig config = config("adaptive-softmax", "2000,10000");
    assertThatThrownBy(() -> Verse.train(config))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("must be below the number of symbols")
        .hasMessageContaining("got 2000,10000; take smaller numbers, or auto");
  }
}
