package dev.unroll.dna;

import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;

/** Annotates strands whose regions are known, and counts. */
final class RegionEvaluation {
  private RegionEvaluation() {}

  static RegionScores of(
      Annotator annotator, StrandEncoder encoder, TrainedNetwork networks, List<Strand> strands) {
    RegionLabels labels = encoder.regions().orElseThrow();
    RegionLabeller labeller = new RegionLabeller(labels);
    RegionScores scores = new RegionScores(labels);
    for (Strand strand : strands) {
      List<RegionBuilder.LabelListener> listeners = new ArrayList<>();
      for (boolean reverse : labels.directions()) {
        listeners.add(scores.bases(labeller.of(strand, reverse, strand.id())));
      }
      List<Region> found = new ArrayList<>();
      annotator.annotate(
          networks, strand.id(), BaseSource.of(strand.bases()), found::add, listeners);
      scores.regions(strand.part(0, strand.bases().length()).regions(), found);
    }
    return scores;
  }
}
