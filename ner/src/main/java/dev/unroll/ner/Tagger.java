package dev.unroll.ner;

import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.training.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks a network for the entities of sentences. Not for several threads, as the network is not. */
final class Tagger {
  private static final int BATCH = 64;
  private static final int TOKENS = 2_048;

  private final ForwardNetwork network;
  private final TagEncoder encoder;

  Tagger(ForwardNetwork network, TagEncoder encoder) {
    this.network = network;
    this.encoder = encoder;
  }

  /** Positions of sentences that are tagged together: of about the same length. */
  static List<List<Integer>> batches(List<EncodedSentence> sentences) {
    int[] lengths = sentences.stream().mapToInt(s -> Math.max(1, s.length())).toArray();
    return Batches.byLength(lengths, BATCH, TOKENS);
  }

  /** The entities of each sentence of a batch. */
  List<List<Entity>> entities(List<EncodedSentence> sentences) {
    List<List<Entity>> all = new ArrayList<>();
    for (CrfLattice lattice : NerNetwork.lattices(network, encoder, sentences)) {
      all.add(entities(lattice));
    }
    return all;
  }

  /** The entities of all sentences, and how well the network expects the tags that they have. */
  Scored score(List<EncodedSentence> sentences) {
    List<List<Entity>> all = new ArrayList<>();
    sentences.forEach(sentence -> all.add(List.of()));
    double loss = 0;
    int scored = 0;
    for (List<Integer> positions : batches(sentences)) {
      List<EncodedSentence> batch = positions.stream().map(sentences::get).toList();
      List<CrfLattice> lattices = NerNetwork.lattices(network, encoder, batch);
      for (int i = 0; i < batch.size(); i++) {
        all.set(positions.get(i), entities(lattices.get(i)));
        int[] tags = batch.get(i).tags();
        if (tags != null) {
          loss += lattices.get(i).logPartition() - lattices.get(i).score(tags);
          scored++;
        }
      }
    }
    return new Scored(all, loss / Math.max(1, scored));
  }

  /**
   * Answers and a loss.
   *
   * @param entities of each sentence
   * @param loss negative log-likelihood of the tags in nats, mean over the sentences that have
   *     some; without those of {@link TagEncoder#prepareKnown} that lost theirs, as no network
   *     gives a probability to a type that it has never seen
   */
  record Scored(List<List<Entity>> entities, double loss) {}

  /** The probability that none of the words {@code from} to {@code to - 1} belongs to a name. */
  double probabilityOfNone(TaggedSentence sentence, int from, int to) {
    EncodedSentence words = encoder.prepare(TaggedSentence.untagged(sentence.words()));
    CrfLattice lattice = NerNetwork.lattices(network, encoder, List.of(words)).get(0);
    int[] outside = new int[to - from];
    Arrays.fill(outside, encoder.tag(TagScheme.OUTSIDE));
    return lattice.probability(from, outside);
  }

  private List<Entity> entities(CrfLattice lattice) {
    int[] path = lattice.bestPath();
    List<String> tags = new ArrayList<>(path.length);
    for (int tag : path) {
      tags.add(encoder.tags().get(tag));
    }
    List<Entity> entities = new ArrayList<>();
    for (Entity entity : TagScheme.entities(tags)) {
      int[] part = Arrays.copyOfRange(path, entity.from(), entity.to());
      double probability = lattice.probability(entity.from(), part);
      entities.add(new Entity(entity.type(), entity.from(), entity.to(), probability));
    }
    return entities;
  }
}
