package dev.unroll.ner;

import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tags sentences of any length, in batches, by a network: those that are too long are read in
 * pieces, and no entity is found across two of them. For any number of threads.
 */
final class SentenceTagger {
  private final TrainedNetwork network;
  private final TagEncoder encoder;
  private final int maxWords;

  SentenceTagger(TrainedNetwork network, TagEncoder encoder, int maxWords) {
    this.network = network;
    this.encoder = encoder;
    this.maxWords = maxWords;
  }

  /** The entities of each sentence, in the same order. */
  List<List<Entity>> entities(List<List<String>> sentences) {
    List<TaggedSentence> pieces = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      for (var piece : TaggedSentence.untagged(sentences.get(i)).pieces(maxWords)) {
        pieces.add(piece);
        owners.add(i);
      }
    }
    List<List<Entity>> found = piecewise(pieces);
    List<List<Entity>> joined = new ArrayList<>();
    sentences.forEach(sentence -> joined.add(new ArrayList<>()));
    int offset = 0;
    for (int p = 0; p < pieces.size(); p++) {
      offset = p > 0 && owners.get(p).equals(owners.get(p - 1)) ? offset : 0;
      for (Entity entity : found.get(p)) {
        joined.get(owners.get(p)).add(entity.shifted(offset));
      }
      offset += pieces.get(p).words().size();
    }
    return joined;
  }

  private List<List<Entity>> piecewise(List<TaggedSentence> pieces) {
    List<EncodedSentence> encoded = encoder.prepareAll(pieces);
    List<List<Integer>> batches = Tagger.batches(encoded);
    List<List<Entity>> found = new ArrayList<>(Collections.nCopies(pieces.size(), List.of()));
    network.forEach(
        batches.size(),
        (forward, b) -> {
          List<Integer> positions = batches.get(b);
          List<EncodedSentence> batch = positions.stream().map(encoded::get).toList();
          List<List<Entity>> answers = new Tagger(forward, encoder).entities(batch);
          for (int i = 0; i < positions.size(); i++) {
            found.set(positions.get(i), answers.get(i));
          }
        });
    return found;
  }

  /** How sure the model is that no word of an entity that it missed belongs to a name. */
  double probabilityOfNone(TaggedSentence sentence, Entity missed) {
    int begin = 0;
    for (TaggedSentence piece : sentence.pieces(maxWords)) {
      int end = begin + piece.words().size();
      if (missed.from() < end) {
        int from = missed.from() - begin;
        int to = Math.min(missed.to(), end) - begin;
        return network.with(
            forward -> new Tagger(forward, encoder).probabilityOfNone(piece, from, to));
      }
      begin = end;
    }
    throw new IllegalArgumentException(missed + " lies outside the sentence");
  }
}
