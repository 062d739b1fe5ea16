package dev.unroll.charlm;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.NetworkSymbols;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.DynamicRates;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained language model.
 *
 * <pre>{@code
 * CharLmModel model = CharLmModel.load(Path.of("plays.zip"));
 * String text = model.sample(SampleRequest.ofLength(500, 1));
 * double nats = model.score("To be, or not to be").logProbability();
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * line that is asked about alone and in a batch gets the same answer to within 1e-5 of the
 * logarithm of its probability a character: libraries add up the products of a single row in
 * another order.
 */
public final class CharLmModel implements TrainedModel {
  private static final String TASK = "charlm";

  private final CharLmConfig config;
  private final CharEncoder encoder;
  private final TrainedNetwork network;
  private final Optional<KneserNey> baseline;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  CharLmModel(
      CharLmConfig config,
      CharEncoder encoder,
      TrainedNetwork network,
      Optional<KneserNey> baseline,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.baseline = baseline;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static CharLmModel load(Path path) {
    return NetworkFile.load(path, TASK, CharLmModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static CharLmModel load(InputStream in) {
    return NetworkFile.load(in, TASK, CharLmModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static CharLmModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, CharLmModel::read);
  }

  private static CharLmModel read(NetworkFile file) throws IOException {
    CharLmConfig config = file.config(CharLmConfig::with);
    CharEncoder encoder =
        new CharEncoder(Vocabulary.read(file.entries().lines("vocabulary.txt")), config);
    requireCutoffs(config, encoder, file);
    TrainedNetwork network =
        file.network(
            () -> CharLmNetwork.configuration(config, encoder.symbols()),
            config.network(),
            config.dimensions(),
            encoder.symbols());
    Optional<KneserNey> baseline =
        KneserNey.load(file.entries(), config.baselineOrder(), encoder.symbols());
    return new CharLmModel(config, encoder, network, baseline, file.metrics(), file.provenance());
  }

  private static void requireCutoffs(CharLmConfig config, CharEncoder encoder, NetworkFile file) {
    if (!config.adaptive().chosen()) {
      throw file.entries().damaged("it does not say where the tails of its softmax begin");
    }
    try {
      config.checked().adaptive().cutoffs(encoder.symbols());
    } catch (UserError e) {
      throw file.entries().damaged(e.getMessage());
    }
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      file.text("vocabulary.txt", encoder.vocabulary()::write);
      baseline.ifPresent(ngrams -> ngrams.save(file));
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /** The network for other programs, with its symbols; {@code docs/onnx.md} says how to ask it. */
  public OnnxModel toOnnx() {
    return CharLmOnnx.of(config, encoder, network.graph());
  }

  /**
   * Writes the text that is asked for, handing it to {@code out} symbol by symbol.
   *
   * @throws UserError if the model reads texts from their end, and so cannot go on from a beginning
   */
  public void sample(SampleRequest request, Consumer<String> out) {
    sample(request, 0, piece -> out.accept(piece.text()));
  }

  /**
   * The same, and what might have been written instead.
   *
   * @param alternatives how many to tell with each symbol
   */
  public void sample(SampleRequest request, int alternatives, Consumer<Piece> out) {
    requireForward();
    network.with(
        lent -> {
          new TextSampler(new NetworkSymbols(lent, encoder.symbols()), encoder, alternatives)
              .write(request, out);
          return null;
        });
  }

  private void requireForward() {
    if (config.reverse()) {
      throw UserError.usage(
          "a text is written from its beginning to its end, and this model was trained to read from"
              + " the end (reverse = true); take one trained without reverse");
    }
  }

  /** The text that is asked for, the prime text included; see above. */
  public String sample(SampleRequest request) {
    StringBuilder text = new StringBuilder();
    sample(request, text::append);
    return text.toString();
  }

  /**
   * How probable a line is, which may be empty; for a model that reads from the end, the line read
   * so: the probability of its last symbol after the line end, and so on to its first.
   */
  public LineScore score(String line) {
    return score(List.of(line)).get(0);
  }

  /** How probable each line is, in the same order; faster than one by one. */
  public List<LineScore> score(List<String> lines) {
    return LineScorer.score(lines, encoder, network);
  }

  /**
   * How well the model predicts texts, one after the other, carrying its state from the first
   * character to the last; and how well the n-grams of its training text do. A model that reads
   * from the end predicts each character from those behind it, and so do its n-grams; the passages
   * then follow one another from the last to the first.
   */
  public Evaluation evaluate(List<Passage> passages) {
    return evaluator().evaluate(passages);
  }

  /**
   * The same, and how well the model predicts the texts when it goes on learning from them as it
   * reads; see {@link dev.unroll.training.DynamicEvaluation}. The model stays as it is.
   *
   * @param segment symbols after which it learns from them, at least 1
   */
  public Evaluation evaluate(List<Passage> passages, int segment, DynamicRates rates) {
    return evaluator().evaluate(passages, segment, rates);
  }

  private Evaluator evaluator() {
    return new Evaluator(config, encoder, network, baseline, provenance);
  }

  /**
   * How much each symbol of a text that was read before matters to each prediction; see {@link
   * Explanation}. The symbols come in the order in which the model reads them.
   */
  public Explanation explain(String text) {
    return new Explainer(config, encoder, network.graph()).explain(text);
  }

  /** Tells models apart that know other symbols, or something else of them. */
  String digest() {
    return network.digest(encoder.vocabulary().words());
  }

  /** All parameters of the network. */
  INDArray parameters() {
    return network.graph().params();
  }

  /** The network in a few words, such as {@code lstm 2 × 256}, and whether it reads in reverse. */
  public String description() {
    return "%s %d × %d%s"
        .formatted(
            config.network().cell().name().toLowerCase(Locale.ROOT),
            config.network().layers(),
            config.network().hidden(),
            config.reverse() ? ", in reverse" : "");
  }

  /** What turns text into symbols. */
  public CharEncoder encoder() {
    return encoder;
  }

  /** What the model was trained with. */
  public CharLmConfig config() {
    return config;
  }

  /**
   * The scores on dev of the epoch that was kept: {@code natsPerCharacter}, {@code
   * bitsPerCharacter} and {@code perplexity}. A long dev part was read in parts side by side, each
   * after the end of the part before it, so that {@link #evaluate}, which carries its state from
   * the first character to the last, differs by next to nothing.
   */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
