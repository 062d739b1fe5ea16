package dev.unroll.training.adversarial;

import dev.unroll.layers.VectorProbe;
import dev.unroll.layers.WordEmbeddingLayer;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.GradientStep;
import dev.unroll.training.HostStep;
import dev.unroll.training.Optimizer;
import dev.unroll.training.TrainingStep;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps down the gradient of a sum of mean losses (Miyato et al. 2017; θ the parameters, s the
 * vectors of the words of a text, y its label):
 *
 * <pre>
 *   −log p(y | s; θ)                       over the labelled texts of the batch
 *   −log p(y | s + r; θ)                   adversarial (equations 3 to 5):
 *      r = ε g/‖g‖,  g = ∇s −log p(y | s; θ)
 *   KL[p(· | s; θ) ‖ p(· | s + r; θ)]      virtual adversarial (equations 6 and 7),
 *      r = ε g/‖g‖,  g = ∇ KL[p(· | s; θ) ‖ p(· | s + d; θ)] by s + d     over other texts
 * </pre>
 *
 * <p>Neither r nor the left p is differentiated; d is random and small. Norms are over all words of
 * a text. All passes over a batch drop the same values, so that what differs between them is the
 * perturbation alone: without it the divergence is 0, and so is its gradient.
 *
 * <p>In the paper vectors are normalised to mean 0 and variance 1, lest they grow until ε is
 * nothing to them. Here ε is a multiple of the root mean square of the norms of the vectors read in
 * the batch instead, which grows with them: the 5 of the paper, with 256 dimensions, is 5/√256 ≈
 * 0.3.
 */
public final class AdversarialStep implements TrainingStep {
  /** ‖d‖ as a share of ε: small, yet far above rounding. */
  private static final double SMALL = 0.1;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final Logger LOG = LoggerFactory.getLogger(AdversarialStep.class);

  private final ComputationGraph network;
  private final Optimizer optimizer;
  private final TrainingStep host;
  private final VectorProbe words;
  private final GradientSum sum;
  private double norm;
  private double virtualNorm;
  private Optional<NumberedBatches> texts = Optional.empty();
  private long seed;

  /**
   * Steps that do nothing but that of the labelled batch, unless told more.
   *
   * @param network of type float, with one input, and one output that is a softmax; carries no
   *     state from batch to batch
   * @param words the name of its layer of word vectors
   */
  public AdversarialStep(ComputationGraph network, Optimizer optimizer, String words) {
    if (network.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "expected a network of one output, got "
              + network.getConfiguration().getNetworkOutputs());
    }
    this.network = network;
    this.optimizer = optimizer;
    this.host = new HostStep(network, optimizer);
    this.words = ((WordEmbeddingLayer) network.getLayer(words)).probe();
    this.sum = new GradientSum(network);
    tellOfDevices();
  }

  private void tellOfDevices() {
    try (TrainingStep usual = TrainingStep.of(network, optimizer)) {
      if (!(usual instanceof HostStep)) {
        LOG.warn(
            "The steps of adversarial training are taken by the processor; the GPU computes the"
                + " recurrent layers alone.");
      }
    }
  }

  /**
   * Learns from perturbed labelled texts too.
   *
   * @param epsilon above 0, in norms of a word's vector
   */
  public AdversarialStep adversarial(double epsilon) {
    norm = epsilon;
    return this;
  }

  /**
   * Learns from perturbed texts without labels too.
   *
   * @param epsilon above 0, in norms of a word's vector
   * @param batches of texts, one of which goes with each step; their labels are not looked at
   * @param randomSeed of the directions d
   */
  public AdversarialStep virtual(double epsilon, EpochBatches batches, long randomSeed) {
    virtualNorm = epsilon;
    texts = Optional.of(new NumberedBatches(batches));
    seed = randomSeed;
    return this;
  }

  @Override
  public Result step(
      MultiDataSet batch, double learningRate, double divisor, ToDoubleFunction<String> factors) {
    int iteration = network.getConfiguration().getIterationCount();
    texts.ifPresent(all -> virtualPasses(all.get(iteration), divisor, iteration));
    double loss = pass(batch, null, iteration);
    sum.add(1);
    if (norm > 0) {
      pass(batch, Perturbation.along(words, words.derivatives(), norm * words.norm()), iteration);
      sum.add(1);
    }
    sum.moveToNetwork();
    words.perturb(null);
    network.getConfiguration().setIterationCount(iteration + 1);
    return new Result(loss, optimizer.step(learningRate, divisor, factors));
  }

  private void virtualPasses(MultiDataSet batch, double divisor, int iteration) {
    words.perturb(null);
    INDArray answers = GradientStep.output(network, batch);
    double epsilon = virtualNorm * words.norm();
    MultiDataSet labelled =
        new org.nd4j.linalg.dataset.MultiDataSet(
            batch.getFeatures(), new INDArray[] {answers}, batch.getFeaturesMaskArrays(), null);
    SplittableRandom random = new SplittableRandom(seed * GOLDEN + iteration);
    pass(labelled, Perturbation.random(words, random, SMALL * epsilon), iteration);
    pass(labelled, Perturbation.along(words, words.derivatives(), epsilon), iteration);
    // All is divided by the number of labelled texts in the end.
    sum.add(divisor / answers.size(0));
  }

  /** A gradient, with the dropout of that iteration. */
  private double pass(MultiDataSet batch, float[] perturbation, int iteration) {
    network.getConfiguration().setIterationCount(iteration);
    words.perturb(perturbation);
    return GradientStep.compute(network, batch);
  }

  @Override
  public void forget() {
    host.forget();
  }

  @Override
  public void updateNetwork() {
    host.updateNetwork();
  }

  @Override
  public void updateMoments() {
    host.updateMoments();
  }

  @Override
  public void close() {
    host.close();
  }
}
