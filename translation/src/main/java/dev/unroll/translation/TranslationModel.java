package dev.unroll.translation;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.generation.NetworkSymbols;
import dev.unroll.training.Batches;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained translator from one language into another.
 *
 * <pre>{@code
 * TranslationModel model = TranslationModel.load(Path.of("german-english.zip"));
 * String english = model.translate("Zwei Hunde spielen im Schnee.").translation();
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * sentence that is translated alone and in a batch has the same probability to within 1e-4 of its
 * logarithm: libraries add up the products of a single row in another order. Where two symbols are
 * as likely as that, another one may be written.
 *
 * <p>A blank text has the empty translation. A text of more symbols than the model has learnt from,
 * {@link TranslationConfig#maxLength()}, is cut, at best behind a sentence, and its pieces are
 * translated each by itself. A script that the model has not met is read as unknown symbols.
 */
public final class TranslationModel implements TrainedModel {
  private static final String TASK = "translation";
  private static final int BATCH = 64;
  private static final int TOKENS = 8192;

  private final TranslationConfig config;
  private final PairEncoder encoder;
  private final TrainedNetwork network;
  private final Translator translator;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  TranslationModel(
      TranslationConfig config,
      PairEncoder encoder,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.translator = new Translator(config, encoder, network);
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static TranslationModel load(Path path) {
    return NetworkFile.load(path, TASK, TranslationModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static TranslationModel load(InputStream in) {
    return NetworkFile.load(in, TASK, TranslationModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static TranslationModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, TranslationModel::read);
  }

  private static TranslationModel read(NetworkFile file) throws IOException {
    TranslationConfig config = file.config(TranslationConfig::with);
    PairEncoder encoder = PairEncoder.read(file, config);
    int sources = encoder.source().size();
    int targets = encoder.target().size();
    TrainedNetwork network =
        file.network(
            () -> TranslationNetwork.configuration(config, sources, targets),
            config.network(),
            (long) config.dimensions() * sources,
            (long) config.dimensions() * targets);
    return new TranslationModel(config, encoder, network, file.metrics(), file.provenance());
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      encoder.write(file);
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /** The translation of a text, as {@link SearchConfig#defaults()} searches for it. */
  public Translated translate(String text) {
    return translate(List.of(text), SearchConfig.defaults()).get(0);
  }

  /**
   * The translation of each text, in the same order; much faster than one by one.
   *
   * @throws UserError if the search asks for what the model has not, such as attention
   */
  public List<Translated> translate(List<String> texts, SearchConfig search) {
    return translator.translate(texts, search);
  }

  /**
   * How probable each translation is, given its source: natural logarithms, the end included.
   *
   * @throws IllegalArgumentException if a pair has no translation
   */
  public double[] logProbabilities(List<SentencePair> pairs) {
    if (!pairs.stream().allMatch(SentencePair::isTranslated)) {
      throw new IllegalArgumentException("a pair has no translation that could be probable");
    }
    List<EncodedPair> encoded = encoder.prepareAll(pairs);
    return logProbabilities(network, config, encoder, encoded);
  }

  /** The decoder reads each translation as it is, one step behind. */
  static double[] logProbabilities(
      TrainedNetwork network,
      TranslationConfig config,
      PairEncoder encoder,
      List<EncodedPair> pairs) {
    double[] logs = new double[pairs.size()];
    int[] lengths = pairs.stream().mapToInt(encoder::length).toArray();
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, TOKENS)) {
      List<EncodedPair> batch = positions.stream().map(pairs::get).toList();
      double[] found =
          network.with(lent -> logProbabilities(new NetworkDecoder(lent, config), encoder, batch));
      for (int i = 0; i < found.length; i++) {
        logs[positions.get(i)] = found[i];
      }
    }
    return logs;
  }

  private static double[] logProbabilities(
      NetworkDecoder decoder, PairEncoder encoder, List<EncodedPair> pairs) {
    double[] logs = new double[pairs.size()];
    int longest = pairs.stream().mapToInt(pair -> pair.target().length).max().orElse(0);
    decoder.begin(encoder.steps(pairs));
    int[] next = new int[pairs.size()];
    for (int t = 0; t < longest; t++) {
      for (int row = 0; row < next.length; row++) {
        EncodedPair pair = pairs.get(row);
        next[row] = encoder.read(pair, Math.min(t, pair.target().length - 1));
      }
      float[] probabilities = decoder.read(next);
      int symbols = probabilities.length / next.length;
      for (int row = 0; row < next.length; row++) {
        int[] target = pairs.get(row).target();
        if (t < target.length) {
          logs[row] += NetworkSymbols.log(probabilities[row * symbols + target[t]]);
        }
      }
    }
    return logs;
  }

  /** All parameters of the network, for tests. */
  INDArray parameters() {
    return network.graph().params();
  }

  /** The network in a few words, such as {@code lstm 1 × 512, general attention}. */
  public String description() {
    return "%s %d × %d, %s attention%s"
        .formatted(
            config.network().cell().name().toLowerCase(Locale.ROOT),
            config.network().layers(),
            config.network().hidden(),
            config.attention() == TranslationConfig.Attention.NONE
                ? "no"
                : config.attention().name().toLowerCase(Locale.ROOT),
            config.inputFeeding() ? " with input feeding" : "");
  }

  /** What turns text into symbols, and symbols into text. */
  public PairEncoder encoder() {
    return encoder;
  }

  /** What the model was trained with. */
  public TranslationConfig config() {
    return config;
  }

  /**
   * The scores on dev of the epoch that was kept: {@code bleu} of greedy translations of the
   * sources of at most {@value TranslationTrainer#DEV_SENTENCES} pairs, and {@code perplexity} of a
   * symbol.
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
