package dev.unroll.dna;

import dev.unroll.data.Settings;
import dev.unroll.training.Probabilities;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Asks which bases of a strand mattered, in two ways: the gradient times the input (A. Shrikumar et
 * al., <i>Not Just a Black Box</i>, 2016), which takes one pass back through the network, and
 * in-silico mutagenesis (J. Zhou, O. Troyanskaya, <i>Nature Methods</i> 12, 2015), which reads the
 * strand again with every base replaced.
 */
final class Explainer {
  private final Classifier classifier;
  private final TrainedNetwork network;

  /** The same network with nothing dropped, as it answers; used by one thread at a time. */
  private final ComputationGraph still;

  Explainer(Classifier classifier, TrainedNetwork network) {
    this.classifier = classifier;
    this.network = network;
    StrandEncoder encoder = classifier.encoder();
    DnaConfig config =
        Settings.with(encoder.config(), Map.of("dropout", "0", "input-dropout", "0"));
    this.still =
        new ComputationGraph(
            DnaNetwork.configuration(StrandEncoder.ofLabels(encoder.labels(), config)));
    still.init(network.graph().params(), false);
    still.initGradientsView();
  }

  /** What mattered for the label that the model gives to a strand. */
  Importance explain(Strand strand) {
    Influence influence = influence(strand);
    int label = classifier.encoder().labels().indexOf(influence.label());
    return new Importance(
        influence.id(),
        influence.label(),
        influence.probability(),
        strand.bases(),
        influence.influence(),
        mutations(classifier.unlabelled(strand), label, log(influence.probability())));
  }

  /** The part of it that takes one pass back through the network. */
  Influence influence(Strand strand) {
    StrandWindow window = classifier.unlabelled(strand);
    double[] probabilities = probabilities(List.of(window))[0];
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Influence(
        strand.id(),
        classifier.encoder().labels().get(best),
        probabilities[best],
        strand.bases().toString(),
        gradient(window, best));
  }

  private double[][] probabilities(List<StrandWindow> windows) {
    return network.with(forward -> classifier.probabilities(forward, windows));
  }

  private double[][] mutations(StrandWindow window, int label, double log) {
    int length = window.length();
    List<StrandWindow> mutants = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      for (int n = 0; n < Nucleotides.COUNT; n++) {
        if (n != Nucleotides.number(window.bases().codes()[i])) {
          byte[] codes = window.bases().codes().clone();
          codes[i] = (byte) (1 << n | codes[i] & Nucleotides.MASKED);
          mutants.add(window.of(new Bases(codes)));
        }
      }
    }
    double[][] answers = probabilities(mutants);
    double[][] changes = new double[length][Nucleotides.COUNT];
    int next = 0;
    for (int i = 0; i < length; i++) {
      for (int n = 0; n < Nucleotides.COUNT; n++) {
        if (n != Nucleotides.number(window.bases().codes()[i])) {
          changes[i][n] = log(answers[next++][label]) - log;
        }
      }
    }
    return changes;
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, Float.MIN_NORMAL));
  }

  /** Gradient times input; of the mean over both strands, if that is what is answered. */
  private double[] gradient(StrandWindow window, int label) {
    if (window.length() == 0) {
      return new double[0];
    }
    double[] given = read(window, label);
    if (classifier.encoder().config().strands() != DnaConfig.Strands.AVERAGE) {
      return given;
    }
    double[] other = read(window.reversed(), label);
    double first = probabilityOfStrand(window, label);
    double second = probabilityOfStrand(window.reversed(), label);
    double[] both = new double[given.length];
    for (int i = 0; i < both.length; i++) {
      both[i] =
          (first * given[i] + second * other[other.length - 1 - i])
              / Math.max(first + second, Double.MIN_NORMAL);
    }
    return both;
  }

  private double probabilityOfStrand(StrandWindow window, int label) {
    return network.with(
        forward -> Probabilities.of(forward, classifier.encoder(), List.of(window))[0][label]);
  }

  /** For each base as it is read. A k-mer counts for the base in its middle. */
  private synchronized double[] read(StrandWindow window, int label) {
    StrandWindow asked =
        new StrandWindow(window.bases(), null, label, window.from(), window.to(), window.reverse());
    MultiDataSet batch = classifier.encoder().encode(List.of(asked));
    INDArray x = batch.getFeatures(0);
    INDArray product = gradient(x, batch.getLabels(0)).mul(x).sum(1);
    double[] influence = new double[window.length()];
    for (int t = 0; t < influence.length; t++) {
      influence[t] = -product.getDouble(0, t); // of the loss, which is the negative logarithm
    }
    return influence;
  }

  /** The gradient of the loss with respect to what the network reads: its layers are a chain. */
  private INDArray gradient(INDArray input, INDArray labels) {
    LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
    Layer[] layers = still.getLayers();
    INDArray activation = input;
    for (int i = 0; i < layers.length - 1; i++) {
      layers[i].clear();
      layers[i].setInput(activation, memory);
      activation = layers[i].activate(true, memory);
    }
    Layer output = layers[layers.length - 1];
    output.setInput(activation, memory);
    ((IOutputLayer) output).setLabels(labels);
    INDArray gradient = output.backpropGradient(null, memory).getSecond();
    for (int i = layers.length - 2; i >= 0; i--) {
      gradient = layers[i].backpropGradient(gradient, memory).getSecond();
    }
    return gradient;
  }
}
