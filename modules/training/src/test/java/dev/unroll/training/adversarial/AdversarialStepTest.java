package dev.unroll.training.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.VectorProbe;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.WordEmbeddingLayer;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.training.GradientStep;
import dev.unroll.training.HostStep;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

class AdversarialStepTest {
  private static final int WORDS = 12;

  private final MultiDataSet batch = batch(3, 4, 1);

  @Test
  void eachTextIsMovedAlongItsGradientByTheNorm() {
    ComputationGraph network = network(0);
    VectorProbe probe = probe(network);
    GradientStep.compute(network, batch);
    float[] gradient = probe.derivatives();
    float[] moved = Perturbation.along(probe, gradient, 0.25);
    double[] dot = new double[3];
    double[] squares = new double[3];
    double[] norms = new double[3];
    for (int i = 0; i < moved.length; i++) {
      int text = i / probe.width() % 3;
      dot[text] += (double) moved[i] * gradient[i];
      squares[text] += (double) gradient[i] * gradient[i];
      norms[text] += (double) moved[i] * moved[i];
      assertThat(moved[i] != 0 && !probe.isWord(i / probe.width())).isFalse();
    }
    for (int text = 0; text < 2; text++) {
      assertThat(Math.sqrt(norms[text])).isCloseTo(0.25, within(1e-6));
      // The scalar product is that of the norms where, and only where, the directions are one.
      assertThat(dot[text]).isCloseTo(0.25 * Math.sqrt(squares[text]), within(1e-6));
    }
    assertThat(norms[2]).as("a text without words").isZero();
    float[] random = Perturbation.random(probe, new SplittableRandom(1), 0.5);
    assertThat(norm(random)).isCloseTo(Math.sqrt(2 * 0.5 * 0.5), within(1e-6));
  }

  @Test
  void theLossRisesByTheNormsOfTheGradients() {
    ComputationGraph network = network(0.5);
    VectorProbe probe = probe(network);
    double loss = compute(network, batch, null);
    float[] gradient = probe.derivatives();
    double expected = 0;
    for (int text = 0; text < 3; text++) {
      double squares = 0;
      for (int i = 0; i < gradient.length; i++) {
        squares += i / probe.width() % 3 == text ? gradient[i] * gradient[i] : 0;
      }
      expected += 0.02 * Math.sqrt(squares) / 3;
    }
    double rise = compute(network, batch, Perturbation.along(probe, gradient, 0.02)) - loss;
    assertThat(rise).isCloseTo(expected, within(0.05 * expected));
  }

  @Test
  void theSumOfPassesIsTheGradientOfTheBatchesTogether() {
    ComputationGraph network = network(0);
    optimizer(network); // which makes room for gradients
    MultiDataSet other = batch(2, 4, 2);
    GradientSum sum = new GradientSum(network);
    GradientStep.compute(network, batch);
    sum.add(1);
    GradientStep.compute(network, other);
    sum.add(0.5);
    sum.add(0.5);
    sum.moveToNetwork();
    INDArray actual = network.getFlattenedGradients().dup();
    int[] rows = layer(network).touchedRows().clone();
    GradientStep.compute(network, together(batch, other));
    assertThat(actual.distance2(network.getFlattenedGradients())).isLessThan(1e-6);
    assertThat(rows).isEqualTo(layer(network).touchedRows());
    sum.add(1);
    sum.moveToNetwork();
    assertThat(actual.distance2(network.getFlattenedGradients())).as("a new sum").isLessThan(1e-6);
  }

  @Test
  void withoutPerturbationTheDivergenceIsZeroAndSoIsItsGradient() {
    ComputationGraph network = network(0.5);
    GradientStep.compute(network, batch); // so that something is dropped
    INDArray answers = GradientStep.output(network, batch);
    double entropy = -answers.mul(Transforms.log(answers)).sumNumber().doubleValue() / 3;
    int iteration = network.getConfiguration().getIterationCount();
    double loss = GradientStep.compute(network, soft(batch, answers));
    assertThat(loss).isCloseTo(entropy, within(1e-6));
    assertThat(norm(network.getFlattenedGradients().toFloatVector())).isLessThan(1e-6);
    network.getConfiguration().setIterationCount(iteration + 5);
    assertThat(GradientStep.output(network, batch).distance2(answers))
        .as("others are dropped")
        .isGreaterThan(1e-3);
  }

  @Test
  void withNothingToAddAStepIsTheUsualOne() {
    ComputationGraph usual = network(0.5);
    ComputationGraph network = network(0.5);
    try (TrainingStep host = new HostStep(usual, optimizer(usual));
        TrainingStep step = new AdversarialStep(network, optimizer(network), "words")) {
      for (int i = 0; i < 3; i++) {
        assertThat(step.step(batch, 0.1, 3, layer -> 1))
            .isEqualTo(host.step(batch, 0.1, 3, layer -> 1));
      }
    }
    assertThat(network.params()).isEqualTo(usual.params());
  }

  /** The gradient of a step, seen by its norm, is that of the mean losses one by one. */
  @Test
  void aStepAddsTheMeanLosses() {
    MultiDataSet texts = batch(5, 4, 2);
    ComputationGraph network = network(0.5);
    VectorProbe probe = probe(network);
    double loss = compute(network, batch, null);
    INDArray expected = network.getFlattenedGradients().div(3);
    float[] moved = Perturbation.along(probe, probe.derivatives(), 0.3 * probe.norm());
    compute(network, batch, moved);
    expected.addi(network.getFlattenedGradients().div(3));
    probe.perturb(null);
    network.getConfiguration().setIterationCount(0);
    MultiDataSet soft = soft(texts, GradientStep.output(network, texts));
    double epsilon = 0.6 * probe.norm();
    compute(network, soft, Perturbation.random(probe, new SplittableRandom(0), epsilon / 10));
    compute(network, soft, Perturbation.along(probe, probe.derivatives(), epsilon));
    expected.addi(network.getFlattenedGradients().div(5));

    ComputationGraph stepped = network(0.5);
    TrainingStep.Result result;
    try (AdversarialStep step =
        new AdversarialStep(stepped, optimizer(stepped), "words")
            .adversarial(0.3)
            .virtual(0.6, new SameBatch(texts), 0)) {
      result = step.step(batch, 0.1, 3, layer -> 1);
    }
    assertThat(result.loss()).as("of the labelled texts as they are").isEqualTo(loss);
    assertThat(result.norm()).isCloseTo(expected.norm2Number().doubleValue(), within(1e-5));
    assertThat(stepped.getConfiguration().getIterationCount()).isEqualTo(1);
  }

  /** The texts have no labels, so that nothing but consistency can have been learnt from them. */
  @Test
  void answersGetConsistent() {
    ComputationGraph network = network(0);
    MultiDataSet texts = batch(5, 4, 2);
    double before = divergence(network, texts);
    try (AdversarialStep step =
        new AdversarialStep(network, optimizer(network), "words")
            .virtual(1, new SameBatch(texts), 0)) {
      for (int i = 0; i < 20; i++) {
        step.step(batch, 0.02, 3, layer -> 1);
      }
    }
    double with = divergence(network, texts);
    ComputationGraph plain = network(0);
    try (TrainingStep step = new HostStep(plain, optimizer(plain))) {
      for (int i = 0; i < 20; i++) {
        step.step(batch, 0.02, 3, layer -> 1);
      }
    }
    assertThat(with).isLessThan(divergence(plain, texts) / 2).isPositive();
    assertThat(before).isPositive();
  }

  /** KL[p(s) ‖ p(s + r)] for r that raises the loss of the likelier label. */
  private static double divergence(ComputationGraph network, MultiDataSet texts) {
    VectorProbe probe = probe(network);
    probe.perturb(null);
    INDArray p = GradientStep.output(network, texts);
    INDArray labels = p.gt(0.5).castTo(p.dataType());
    compute(network, soft(texts, labels), null);
    probe.perturb(Perturbation.along(probe, probe.derivatives(), probe.norm()));
    INDArray q = GradientStep.output(network, texts);
    probe.perturb(null);
    return p.mul(Transforms.log(p.div(q))).sumNumber().doubleValue();
  }

  private static double compute(ComputationGraph network, MultiDataSet batch, float[] moved) {
    network.getConfiguration().setIterationCount(0);
    probe(network).perturb(moved);
    return GradientStep.compute(network, batch);
  }

  /** The same texts with other labels. */
  private static MultiDataSet soft(MultiDataSet batch, INDArray labels) {
    return new MultiDataSet(
        batch.getFeatures(), new INDArray[] {labels}, batch.getFeaturesMaskArrays(), null);
  }

  private static Optimizer optimizer(ComputationGraph network) {
    return new Optimizer(network, OptimizerConfig.adam());
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** Texts of words that follow from the seed; all but the first two lack the last ones. */
  private static MultiDataSet batch(int texts, int time, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    INDArray ids = Nd4j.create(texts, 1, time);
    INDArray labels = Nd4j.create(texts, 2);
    INDArray mask = Nd4j.create(texts, time);
    for (int b = 0; b < texts; b++) {
      labels.putScalar(b, random.nextInt(2), 1);
      for (int t = 0; t < time; t++) {
        ids.putScalar(b, 0, t, random.nextInt(WORDS));
        mask.putScalar(b, t, b == 2 ? 0 : t < 4 - b ? 1 : 0);
      }
    }
    return new MultiDataSet(
        new INDArray[] {ids}, new INDArray[] {labels}, new INDArray[] {mask}, null);
  }

  private static MultiDataSet together(MultiDataSet one, MultiDataSet other) {
    return new MultiDataSet(
        new INDArray[] {Nd4j.concat(0, one.getFeatures(0), other.getFeatures(0))},
        new INDArray[] {Nd4j.concat(0, one.getLabels(0), other.getLabels(0))},
        new INDArray[] {Nd4j.concat(0, one.getFeaturesMaskArray(0), other.getFeaturesMaskArray(0))},
        null);
  }

  private static WordEmbeddingLayer layer(ComputationGraph network) {
    return (WordEmbeddingLayer) network.getLayer("words");
  }

  private static VectorProbe probe(ComputationGraph network) {
    return layer(network).probe();
  }

  private static ComputationGraph network(double dropout) {
    IDropout dropped = dropout == 0 ? null : new SequenceDropout(dropout, 1);
    Lstm lstm = new Lstm.Builder().nOut(8).dropOut(dropped).build();
    var graph =
        Networks.seeded(5)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(1))
            .addLayer("words", new WordEmbedding.Builder().nIn(WORDS).nOut(6).build(), "in")
            .addLayer("lstm", new Bidirectional(lstm), "words")
            .addLayer("pool", new SequencePooling.Builder(Summary.MEAN).build(), "lstm")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "pool")
            .setOutputs("out");
    return Networks.of(graph.build());
  }
}
