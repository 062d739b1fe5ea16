package dev.unroll.sentiment;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.Probabilities;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained classifier of texts into two or more labels.
 *
 * <pre>{@code
 * SentimentModel model = SentimentModel.load(Path.of("reviews.zip"));
 * Opinion opinion = model.classify("Not bad at all.");
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * text that is asked about alone and in a batch gets the same answer to within 1e-5 of its
 * probabilities: libraries add up the products of a single row in another order.
 */
public final class SentimentModel implements TrainedModel {
  private static final String TASK = "sentiment";

  private final SentimentConfig config;
  private final ReviewEncoder encoder;
  private final TrainedNetwork network;
  private final Map<String, Double> metrics;
  private final Provenance provenance;
  private Explainer explainer; // made when it is first asked

  SentimentModel(
      SentimentConfig config,
      ReviewEncoder encoder,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static SentimentModel load(Path path) {
    return NetworkFile.load(path, TASK, SentimentModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static SentimentModel load(InputStream in) {
    return NetworkFile.load(in, TASK, SentimentModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static SentimentModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, SentimentModel::read);
  }

  private static SentimentModel read(NetworkFile file) throws IOException {
    SentimentConfig config = file.config(SentimentConfig::with);
    List<String> labels = file.labels();
    Vocabulary vocabulary = Vocabulary.read(file.entries().lines("vocabulary.txt"));
    ReviewEncoder encoder = new ReviewEncoder(vocabulary, labels, config);
    TrainedNetwork network =
        file.network(
            () -> SentimentNetwork.configuration(config, vocabulary.size(), labels.size()),
            config.network(),
            config.dimensions(),
            vocabulary.size(),
            labels.size());
    return new SentimentModel(config, encoder, network, file.metrics(), file.provenance());
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      file.json(NetworkFile.LABELS, encoder.labels());
      file.text("vocabulary.txt", encoder.vocabulary()::write);
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /**
   * The network for other programs, with its words and labels; {@code docs/onnx.md} says how to ask
   * it.
   */
  public OnnxModel toOnnx() {
    return SentimentOnnx.of(config, encoder, network.graph());
  }

  /** What the model thinks of one text, which may be empty. */
  public Opinion classify(String text) {
    return classify(List.of(text)).get(0);
  }

  /** What the model thinks of each text, in the same order; faster than one by one. */
  public List<Opinion> classify(List<String> texts) {
    List<EncodedReview> reviews =
        encoder.prepareAll(texts.stream().map(Review::unlabelled).toList());
    double[][] probabilities = network.with(forward -> Probabilities.of(forward, encoder, reviews));
    List<Opinion> opinions = new ArrayList<>(texts.size());
    for (int i = 0; i < probabilities.length; i++) {
      opinions.add(opinion(texts.get(i), probabilities[i]));
    }
    return opinions;
  }

  private Opinion opinion(String text, double[] probabilities) {
    List<String> labels = encoder.labels();
    Map<String, Double> all = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < probabilities.length; i++) {
      all.put(labels.get(i), probabilities[i]);
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Opinion(text, labels.get(best), probabilities[best], all);
  }

  /** Which words of a text speak for what the model thinks of it, and which against it. */
  public Explanation explain(String text) {
    return explain(List.of(text)).get(0);
  }

  /** The same of each text, in the same order. */
  public List<Explanation> explain(List<String> texts) {
    List<Explanation> explanations = new ArrayList<>(texts.size());
    for (Opinion opinion : classify(texts)) {
      EncodedReview asked = encoder.prepare(new Review(opinion.label(), opinion.text()));
      double[] influences = explainer().influences(asked);
      List<String> read = encoder.wordsRead(opinion.text());
      List<Explanation.Word> words = new ArrayList<>(influences.length);
      for (int i = 0; i < influences.length; i++) {
        words.add(new Explanation.Word(read.get(i), influences[i]));
      }
      explanations.add(
          new Explanation(opinion.text(), opinion.label(), opinion.probability(), words));
    }
    return explanations;
  }

  private synchronized Explainer explainer() {
    if (explainer == null) {
      explainer = new Explainer(config, encoder, network.graph());
    }
    return explainer;
  }

  /**
   * Compares the model's answers with the labels of {@code reviews}.
   *
   * @throws UserError if a review has a label that the model does not know
   */
  public Confusion evaluate(List<Review> reviews) {
    return compare(reviews, classify(reviews.stream().map(Review::text).toList()));
  }

  /** Compares answers that were given already with the labels of {@code reviews}. */
  Confusion compare(List<Review> reviews, List<Opinion> opinions) {
    Confusion scores = new Confusion(encoder.labels());
    for (int i = 0; i < reviews.size(); i++) {
      double[] probabilities =
          opinions.get(i).probabilities().values().stream().mapToDouble(p -> p).toArray();
      scores.add(encoder.label(reviews.get(i).label()), probabilities);
    }
    return scores;
  }

  static Confusion evaluate(
      TrainedNetwork network, ReviewEncoder encoder, List<EncodedReview> reviews) {
    Confusion scores = new Confusion(encoder.labels());
    double[][] probabilities = network.with(forward -> Probabilities.of(forward, encoder, reviews));
    for (int i = 0; i < probabilities.length; i++) {
      scores.add(reviews.get(i).label(), probabilities[i]);
    }
    return scores;
  }

  /** What turns texts into arrays. */
  ReviewEncoder encoder() {
    return encoder;
  }

  /** The network. */
  TrainedNetwork network() {
    return network;
  }

  /** The labels, in the order of the probabilities. */
  public List<String> labels() {
    return encoder.labels();
  }

  /** What the model was trained with. */
  public SentimentConfig config() {
    return config;
  }

  /** The scores on dev of the epoch that was kept: {@code accuracy}, {@code logLoss} and others. */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
