package dev.unroll.sentiment;

import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.SequenceBatch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a language model is to predict at each word of a review: the word behind it or the one
 * before it, by the model's own numbers.
 *
 * <pre>
 *   read            not   a   good  film     .      .         padding
 *   next word        a   good  film  end
 *   previous word   end  not    a   good
 * </pre>
 *
 * <p>The end of a text is the symbol that the model learnt for it. Of a word that the model does
 * not know it predicts that it is unknown. Where words were left out of the middle of a long
 * review, neither side is asked for what stands beyond.
 *
 * @param encoder whose words are read
 * @param symbols the model's number for each of these words
 * @param end the model's number for the end of a text
 * @param next whether the next word is predicted, rather than the previous one
 */
record NeighbourWords(ReviewEncoder encoder, int[] symbols, int end, boolean next) {
  static NeighbourWords of(WordModel model, ReviewEncoder encoder, boolean next) {
    Vocabulary words = encoder.vocabulary();
    int[] symbols = new int[words.size()];
    for (int id = 0; id < symbols.length; id++) {
      symbols[id] = model.vocabulary().id(words.word(id));
    }
    return new NeighbourWords(encoder, symbols, model.end(), next);
  }

  /** {@code [batch, 1, time]}: the numbers of the symbols. */
  INDArray labels(List<EncodedReview> reviews) {
    return SequenceBatch.ids(reviews, review -> review.words().length, this::target).array();
  }

  private float target(EncodedReview review, int step) {
    int neighbour = step + (next ? 1 : -1);
    boolean beyond = neighbour < 0 || neighbour == review.words().length;
    return beyond ? end : symbols[review.words()[neighbour]];
  }

  /**
   * {@code [batch, time]}: by what the loss of each step is multiplied, all alike and of the sum
   * that is asked for; 0 where nothing is predicted.
   */
  INDArray weights(List<EncodedReview> reviews, double sum) {
    int time = reviews.stream().mapToInt(encoder::length).max().orElse(1);
    float[] weights = new float[reviews.size() * time];
    long predicted = reviews.stream().mapToLong(this::predictions).sum();
    for (int i = 0; i < reviews.size(); i++) {
      for (int step = 0; step < reviews.get(i).words().length; step++) {
        weights[i * time + step] = counts(reviews.get(i), step) ? (float) (sum / predicted) : 0;
      }
    }
    return Nd4j.create(weights, new long[] {reviews.size(), time}, 'c');
  }

  private int predictions(EncodedReview review) {
    int words = review.words().length;
    return encoder.unbroken(review) < words ? words - 1 : words;
  }

  private boolean counts(EncodedReview review, int step) {
    int unbroken = encoder.unbroken(review);
    return unbroken == review.words().length || step != (next ? unbroken - 1 : unbroken);
  }
}
