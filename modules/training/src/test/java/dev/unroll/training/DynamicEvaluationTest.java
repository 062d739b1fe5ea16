package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.layers.Gru;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class DynamicEvaluationTest {
  private static final float[][] SEGMENTS = {{1, 2, 0}, {0, 3, 1}, {1, 1, 2}, {2, 0}};

  private static ComputationGraph network() {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(3)
            .tBPTTBackwardLength(3)
            .addInputs("ids")
            .setInputTypes(InputType.recurrent(1))
            .addLayer("words", new WordEmbedding.Builder().nIn(4).nOut(3).build(), "ids")
            .addLayer("gru", new Gru.Builder().nOut(5).build(), "words")
            .addLayer("out", new SequenceSoftmax.Builder().nOut(4).build(), "gru")
            .setOutputs("out")
            .build());
  }

  private static MultiDataSet segment(float[] ids) {
    float[] next = ids.clone();
    System.arraycopy(ids, 1, next, 0, ids.length - 1);
    INDArray x = Nd4j.createFromArray(ids).reshape(1, 1, ids.length);
    INDArray y = Nd4j.createFromArray(next).reshape(1, 1, ids.length);
    return new MultiDataSet(x, y);
  }

  /** The equations of the paper, in double precision and one parameter at a time. */
  @Test
  void isTheRuleOfThePaper() {
    DynamicRates rates = new DynamicRates(0.02, 0.3);
    ComputationGraph network = network();
    ComputationGraph expected = network();
    double[] trained = expected.params().toDoubleVector();
    double[] squares = new double[trained.length];
    DynamicEvaluation evaluation = new DynamicEvaluation(network, rates);
    for (int n = 1; n <= SEGMENTS.length; n++) {
      MultiDataSet segment = segment(SEGMENTS[n - 1]);
      double loss = GradientStep.compute(expected, segment);
      double[] gradient = expected.getFlattenedGradients().dup().reshape(-1).toDoubleVector();
      double[] theta = expected.params().toDoubleVector();
      double mean = 0;
      for (int i = 0; i < theta.length; i++) {
        squares[i] += gradient[i] * gradient[i];
        mean += Math.sqrt(squares[i] / n) / theta.length;
      }
      for (int i = 0; i < theta.length; i++) {
        double root = Math.sqrt(squares[i] / n);
        double back = Math.min(1, 0.3 * root / mean) * (trained[i] - theta[i]);
        theta[i] += back - 0.02 * gradient[i] / (root + 0.05 * mean);
      }
      expected.params().assign(Nd4j.createFromArray(theta).reshape(expected.params().shape()));

      assertThat(evaluation.scoreThenLearn(segment)).isCloseTo(loss, within(1e-5));
      assertThat(network.params().equalsWithEps(expected.params(), 1e-5))
          .as("segment %d", n)
          .isTrue();
    }
    assertThat(network.params()).isNotEqualTo(Nd4j.createFromArray(trained));
  }

  @Test
  void withoutARateNothingIsLearnt() {
    ComputationGraph network = network();
    INDArray before = network.params().dup();
    DynamicEvaluation evaluation = new DynamicEvaluation(network, new DynamicRates(0, 0.5));
    for (float[] ids : SEGMENTS) {
      evaluation.scoreThenLearn(segment(ids));
    }
    assertThat(network.params()).isEqualTo(before);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> new DynamicRates(-1, 0))
        .isInstanceOf(UserError.class)
        .hasMessage("rate must be 0 or above, got -1.0");
    assertThatThrownBy(() -> new DynamicRates(1, 2)).hasMessageStartingWith("decay must be");
  }
}
