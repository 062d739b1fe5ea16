package dev.unroll.layers.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Chain;
import dev.unroll.layers.Gru;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.memory.Slab;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One state at a time against all at once. */
class AttentionStepTest {
  private static final int BATCH = 4;
  private static final int T = 5;
  private static final int S = 6;

  @ParameterizedTest
  @EnumSource
  void answersAsAllAtOnce(Score score) {
    // Of the mask's rows one is empty.
    for (String mask : new String[] {"none", "holes", "empty row"}) {
      Case data = Case.random(score, BATCH, T, S, "none", mask, 6);
      Map<String, INDArray> whole = data.by(AttentionPass.of(data.shape(), DataType.FLOAT));
      AttentionStep step = new AttentionStep(data.shape(), weights(data));
      step.begin(steps(data.source(), data.sourceMask()));
      // Every sentence twice, neighbours or not, as hypotheses come and go.
      int[] sentences = {0, 0, 2, 1, 3, 2, 3, 1};
      for (int t = 0; t < T; t++) {
        Slab out = step.step(states(data, sentences, t), sentences);
        float[] values = new float[sentences.length * data.shape().outputs()];
        out.floats().get(values);
        for (int row = 0; row < sentences.length; row++) {
          for (int o = 0; o < data.shape().outputs(); o++) {
            assertThat((double) values[row * data.shape().outputs() + o])
                .isCloseTo(whole.get("out").getDouble(sentences[row], o, t), within(1e-6));
          }
          float[] weights = step.alignment(row);
          for (int s = 0; s < S; s++) {
            double expected = whole.get("alignment").getDouble(sentences[row], t, s);
            assertThat((double) weights[s]).isCloseTo(expected, within(1e-6));
            assertThat(weights[s] == 0).isEqualTo(expected == 0);
          }
        }
      }
    }
  }

  private static FloatWeights weights(Case data) {
    return FloatWeights.of(
        data.shape(), name -> data.parameters().get(name).castTo(DataType.FLOAT).dup('f'));
  }

  /** Sequences {@code [batch, features, time]} with a mask {@code [batch, time]} or none. */
  static Steps steps(INDArray sequences, INDArray mask) {
    int batch = (int) sequences.size(0);
    int width = (int) sequences.size(1);
    int time = (int) sequences.size(2);
    Slab values = new Slab(DataType.FLOAT).reserve(sequences.length());
    values
        .floats()
        .put(sequences.permute(2, 0, 1).castTo(DataType.FLOAT).dup('c').data().asFloat());
    return new Steps(values, batch, time, width, Run.of(mask, batch, time));
  }

  private static Slab states(Case data, int[] sentences, int t) {
    int width = data.shape().queries();
    double[] values = new double[sentences.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.states().getDouble(sentences[i / width], i % width, t);
    }
    Slab slab = new Slab(DataType.FLOAT).reserve(values.length);
    slab.set(values);
    return slab;
  }

  @Test
  void refusesASentenceThatItWasNotGiven() {
    Case data = Case.random(Score.DOT, 2, 1, 3, "none", "none", 6);
    AttentionStep step = new AttentionStep(data.shape(), weights(data));
    step.begin(steps(data.source(), null));
    assertThatThrownBy(() -> step.step(new Slab(DataType.FLOAT), new int[] {0, 2}))
        .hasMessage("there is no sentence 2 of 2");
  }

  @Test
  void isOfAnAttentionAlone() {
    var network =
        Chain.of(DataType.FLOAT, InputType.recurrent(2), new Gru.Builder().nOut(2).build());
    assertThatThrownBy(
            () -> AttentionStep.of(network.getConfiguration(), ParameterTable.of(network), "0"))
        .hasMessageStartingWith("\"0\" is no Attention but ");
  }
}
