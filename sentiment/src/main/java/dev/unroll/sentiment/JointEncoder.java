package dev.unroll.sentiment;

import dev.unroll.training.Encoder;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Batches for a classifier whose language models learn beside it: those of a {@link ReviewEncoder},
 * with the words that the models predict as further labels.
 *
 * <pre>
 *   words      [batch, 1, time]     mask [batch, time]
 *   label      [batch, labels]      no mask
 *   neighbours [batch, 1, time]     mask [batch, time]   for each model: γ · batch / (words predicted)
 * </pre>
 *
 * <p>A loss is summed over the steps and divided by the number of texts; with such a factor at each
 * step that makes γ times the mean over the words of the batch.
 *
 * @param encoder of the classifier
 * @param targets of each model
 * @param gamma γ
 */
record JointEncoder(ReviewEncoder encoder, List<NeighbourWords> targets, double gamma)
    implements Encoder<Review, EncodedReview> {
  @Override
  public EncodedReview prepare(Review review) {
    return encoder.prepare(review);
  }

  @Override
  public int length(EncodedReview review) {
    return encoder.length(review);
  }

  @Override
  public MultiDataSet encode(List<EncodedReview> reviews) {
    MultiDataSet plain = encoder.encode(reviews);
    INDArray[] labels = with(plain.getLabels(0), targets.stream().map(t -> t.labels(reviews)));
    double sum = gamma * reviews.size();
    INDArray[] masks = with(null, targets.stream().map(t -> t.weights(reviews, sum)));
    return new MultiDataSet(plain.getFeatures(), labels, plain.getFeaturesMaskArrays(), masks);
  }

  private static INDArray[] with(INDArray first, Stream<INDArray> more) {
    return Stream.concat(Stream.of(new INDArray[] {first}), more).toArray(INDArray[]::new);
  }
}
