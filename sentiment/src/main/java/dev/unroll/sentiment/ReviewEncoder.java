package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.training.ForwardEncoder;
import dev.unroll.training.SequenceBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Turns reviews into arrays: the ids of their words {@code [batch, 1, time]}, a mask {@code [batch,
 * time]}, and the label one-hot {@code [batch, labels]}.
 *
 * <pre>
 *   "Not bad"     12  7  0  0     mask  1 1 0 0     positive   0 1
 *   ""             0  0  0  0           0 0 0 0     negative   1 0
 *   "I liked it"   4 31  9  0           1 1 1 0     positive   0 1
 * </pre>
 *
 * A review without words takes a step that its mask hides: nothing of it is read, and the
 * classifier answers from its bias alone. A review of unknown words only reads as that many unknown
 * words.
 */
public final class ReviewEncoder implements ForwardEncoder<Review, EncodedReview> {
  private final Vocabulary vocabulary;
  private final List<String> labels;
  private final Tokenizer tokenizer;
  private final boolean lowercase;
  private final int maxWords;

  /** An encoder whose words and labels are known, as when a model is loaded. */
  public ReviewEncoder(Vocabulary vocabulary, List<String> labels, SentimentConfig config) {
    this.vocabulary = vocabulary;
    this.labels = List.copyOf(labels);
    this.tokenizer = tokenizer(config);
    this.lowercase = config.lowercase();
    this.maxWords = config.maxWords();
  }

  /**
   * An encoder that knows the words and the labels of {@code train}.
   *
   * @throws UserError if there are fewer than two labels
   */
  public static ReviewEncoder fit(Corpus<Review> train, SentimentConfig config) {
    return fit(train, config, List.of());
  }

  /**
   * An encoder that knows the labels of {@code train}, its words, and others besides.
   *
   * @param pretrained words that have a vector already; those that {@code train} lacks are known
   *     too, as far as {@link SentimentConfig#maxVocabulary()} allows
   */
  public static ReviewEncoder fit(
      Corpus<Review> train, SentimentConfig config, Collection<String> pretrained) {
    List<String> labels = List.copyOf(Review.labels(train));
    WordCounter words = new WordCounter();
    for (Review review : train.examples()) {
      words.addAll(words(review.text(), tokenizer(config), config.lowercase()));
    }
    Vocabulary vocabulary =
        words
            .build(config.minCount(), config.maxVocabulary())
            .with(pretrained, config.maxVocabulary());
    return new ReviewEncoder(vocabulary, labels, config);
  }

  private static Tokenizer tokenizer(SentimentConfig config) {
    return switch (config.tokenizer()) {
      case STANDARD -> Tokenizer.standardWithoutTags();
      case WHITESPACE -> Tokenizer.whitespace();
    };
  }

  private static List<String> words(String text, Tokenizer tokenizer, boolean lowercase) {
    List<String> words = new ArrayList<>();
    for (Token token : tokenizer.tokenize(text)) {
      words.add(lowercase ? token.text().toLowerCase(Locale.ROOT) : token.text());
    }
    return words;
  }

  /** The ids of the words that are read of {@code text}; empty if it has none. */
  private int[] ids(String text) {
    List<String> words = read(words(text, tokenizer, lowercase));
    return words.stream().mapToInt(vocabulary::id).toArray();
  }

  /** Of the words of a long text its beginning and its end. */
  private <T> List<T> read(List<T> words) {
    if (words.size() <= maxWords) {
      return words;
    }
    int head = head();
    List<T> read = new ArrayList<>(words.subList(0, head));
    read.addAll(words.subList(words.size() - (maxWords - head), words.size()));
    return read;
  }

  private int head() {
    return (maxWords + 1) / 2;
  }

  /**
   * How many words of a review stand before a place where others may have been left out; all of
   * them if there is no such place.
   */
  int unbroken(EncodedReview review) {
    int words = review.words().length;
    return words < maxWords ? words : head();
  }

  /** The words that are read of {@code text}, as they stand there. */
  List<String> wordsRead(String text) {
    return read(words(text, tokenizer, false));
  }

  @Override
  public EncodedReview prepare(Review review) {
    int label = review.isLabelled() ? label(review.label()) : EncodedReview.UNLABELLED;
    return new EncodedReview(ids(review.text()), label);
  }

  @Override
  public int length(EncodedReview review) {
    return Math.max(1, review.words().length);
  }

  @Override
  public MultiDataSet encode(List<EncodedReview> reviews) {
    List<SequenceBatch> inputs = inputs(reviews);
    return new MultiDataSet(
        SequenceBatch.arrays(inputs),
        new INDArray[] {SequenceBatch.oneHot(reviews, labels.size(), EncodedReview::label)},
        SequenceBatch.masks(inputs),
        new INDArray[] {null});
  }

  @Override
  public List<SequenceBatch> inputs(List<EncodedReview> reviews) {
    return List.of(
        SequenceBatch.ids(
            reviews, review -> review.words().length, (review, step) -> review.words()[step]));
  }

  /**
   * The index of a label.
   *
   * @throws UserError if the training data did not have it
   */
  public int label(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw UserError.data(
          "label '" + label + "'", "not among those of the training data, " + labels);
    }
    return index;
  }

  /** What cuts a text into words. */
  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The words that are known. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The labels, in the order of the network's outputs. */
  public List<String> labels() {
    return labels;
  }
}
