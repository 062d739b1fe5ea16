package dev.unroll.dna;

import dev.unroll.training.NetworkPool;
import java.util.ArrayList;
import java.util.List;

/** Annotates strands whose regions are known, and counts. */
final class RegionEvaluation {
  private RegionEvaluation() {}

  static RegionScores of(
      Annotator annotator, StrandEncoder encoder, NetworkPool networks, List<Strand> strands) {
    RegionLabels labels = encoder.regions().orElseThrow();
    RegionScores scores = new RegionScores(labels);
    for (Strand strand : strands) {
      List<RegionBuilder.LabelListener> listeners = new ArrayList<>();
      for (boolean reverse : labels.directions()) {
        listeners.add(scores.bases(labels.of(strand, reverse, strand.id())));
      }
      List<Region> found = new ArrayList<>();
      annotator.annotate(
          networks, strand.id(), BaseSource.of(strand.bases()), found::add, listeners);
      List<Region> known = new ArrayList<>();
      strand.regions().forEach(region -> known.add(region.shifted(strand.id(), 0)));
      scores.regions(known, found);
    }
    return scores;
  }
}
