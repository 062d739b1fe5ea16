package dev.unroll.dna;

import dev.unroll.evaluation.Confusion;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.training.Probabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a network what whole strands are. */
record Classifier(StrandEncoder encoder) {
  /**
   * The probability of each label for each strand, {@code [strands][labels]}; the mean of those for
   * both strands, if the model is for that.
   */
  double[][] probabilities(ForwardNetwork network, List<StrandWindow> strands) {
    double[][] probabilities = Probabilities.of(network, encoder, strands);
    if (encoder.config().strands() == DnaConfig.Strands.AVERAGE) {
      List<StrandWindow> others = strands.stream().map(StrandWindow::reversed).toList();
      double[][] reversed = Probabilities.of(network, encoder, others);
      for (int i = 0; i < probabilities.length; i++) {
        for (int label = 0; label < probabilities[i].length; label++) {
          probabilities[i][label] = (probabilities[i][label] + reversed[i][label]) / 2;
        }
      }
    }
    return probabilities;
  }

  /** What the network takes each strand for. */
  List<Classified> classify(ForwardNetwork network, List<Strand> strands) {
    List<StrandWindow> windows = strands.stream().map(this::unlabelled).toList();
    double[][] probabilities = probabilities(network, windows);
    List<Classified> answers = new ArrayList<>(strands.size());
    for (int i = 0; i < probabilities.length; i++) {
      answers.add(answer(strands.get(i).id(), probabilities[i]));
    }
    return answers;
  }

  StrandWindow unlabelled(Strand strand) {
    return encoder.prepare(new Strand(strand.id(), strand.bases(), null, null));
  }

  private Classified answer(String id, double[] probabilities) {
    Map<String, Double> all = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < probabilities.length; i++) {
      all.put(encoder.labels().get(i), probabilities[i]);
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Classified(id, encoder.labels().get(best), probabilities[best], all);
  }

  /** Compares what the network says with labels that are known. */
  Confusion evaluate(ForwardNetwork network, List<StrandWindow> strands) {
    Confusion scores = new Confusion(encoder.labels());
    double[][] probabilities = probabilities(network, strands);
    for (int i = 0; i < probabilities.length; i++) {
      scores.add(strands.get(i).label(), probabilities[i]);
    }
    return scores;
  }
}
