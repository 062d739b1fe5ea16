package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.generation.NetworkSymbols;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExplainerTest {
  private static final String TEXT = "the tide";

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn"})
  void equalsTheDerivativeByFiniteDifferences(String cell) {
    CharLmModel model =
        Verse.train(Verse.config("cell", cell, "epochs", "10", "layers", "2", "hidden", "12"));
    Explanation explanation = model.explain(TEXT);
    int prediction = 6;
    for (int position : new int[] {0, 3, 5, 6}) {
      assertThat((double) explanation.influence()[prediction][position])
          .as("of symbol %d", position)
          .isCloseTo(
              norm(model, prediction, position),
              within(2e-2 * explanation.influence()[prediction][position] + 1e-4));
    }
    assertThat(explanation.influence()[prediction][7]).isZero();
    int symbols = model.encoder().symbols();
    var network = CharLmNetwork.build(model.config(), symbols);
    network.setParams(model.parameters());
    int[] text = model.encoder().prime(TEXT);
    for (int t = 0; t <= prediction; t++) {
      assertThat(explanation.logProbabilities()[t])
          .isCloseTo(logProbability(network, symbols, text, t, text[t + 1]), within(1e-4));
    }
  }

  /** Gives one position a symbol of its own, whose vector can then be moved alone. */
  private static double norm(CharLmModel model, int prediction, int position) {
    int symbols = model.encoder().symbols();
    var network = CharLmNetwork.build(model.config(), symbols);
    network.setParams(model.parameters());
    INDArray table = network.getLayer(CharLmNetwork.EMBEDDING).getParam("W");
    int[] text = model.encoder().prime(TEXT);
    int spare = model.encoder().unknownSymbol();
    assertThat(Arrays.stream(text).filter(symbol -> symbol == spare).count()).isZero();
    int target = text[prediction + 1];
    table.putRow(spare, table.getRow(text[position]).dup());
    text[position] = spare;
    double squares = 0;
    float step = 5e-3f;
    for (int i = 0; i < table.columns(); i++) {
      float value = table.getFloat(spare, i);
      table.putScalar(spare, i, value + step);
      double up = logProbability(network, symbols, text, prediction, target);
      table.putScalar(spare, i, value - step);
      double down = logProbability(network, symbols, text, prediction, target);
      table.putScalar(spare, i, value);
      squares += Math.pow((up - down) / (2 * step), 2);
    }
    return Math.sqrt(squares);
  }

  private static double logProbability(
      org.deeplearning4j.nn.graph.ComputationGraph network,
      int symbols,
      int[] text,
      int prediction,
      int target) {
    NetworkSymbols next = new NetworkSymbols(Verse.forward(network), symbols);
    next.begin(1);
    float[] logs = null;
    for (int i = 0; i <= prediction; i++) {
      logs = next.read(new int[] {text[i]})[0];
    }
    return logs[target];
  }

  @Test
  void saysWhatWasReadAndPredicted() {
    CharLmModel model = Verse.train(Verse.config("epochs", "1", "dropout", "0.5"));
    Explanation explanation = model.explain("a\nbé");
    assertThat(explanation.read()).containsExactly("\n", "a", "\n", "b");
    assertThat(explanation.predicted()).containsExactly("a", "\n", "b", "<UNK>");
    assertThat(explanation.logProbabilities()).hasSize(4);
    assertThat(Arrays.stream(explanation.logProbabilities()).max().orElseThrow()).isNegative();
    assertThat(explanation.byDistance()).hasSize(4);
    assertThat(explanation.byDistance()[0]).isEqualTo(1);
    assertThat(model.explain("").influence()).isEmpty();
  }

  @Test
  void aLongTextIsExplainedInPartsLikeAShortOne() {
    CharLmModel model = Verse.train(Verse.config("epochs", "1"));
    String text = Verse.TEXT.substring(0, 100);
    Explanation whole = model.explain(text);
    Explanation shorter = model.explain(text.substring(0, 40));
    for (int t = 0; t < 40; t++) {
      for (int s = 0; s <= t; s++) {
        assertThat(whole.influence()[t][s]).isCloseTo(shorter.influence()[t][s], within(1e-5f));
      }
    }
  }

  @Test
  void noGradientsAtAllAreNoInfluence() {
    var explanation =
        new Explanation(
            "flat",
            List.of("a", "b"),
            List.of("b", "c"),
            new double[2],
            new float[][] {{0}, {0, 0}});
    assertThat(explanation.byDistance()).containsExactly(0, 0);
  }
}
