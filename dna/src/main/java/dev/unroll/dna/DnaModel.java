package dev.unroll.dna;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A trained model of DNA: it says what whole strands are, or which of their regions are what,
 * whichever it was trained for.
 *
 * <pre>{@code
 * DnaModel model = DnaModel.load(Path.of("splice.zip"));
 * Classified answer = model.classify(Strand.unlabelled("mine", "CCAGCTGCATCACAGGAGGCCAGCG"));
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * strand that is asked about alone and in a batch gets the same answer to within 1e-5 of its
 * probabilities: libraries add up the products of a single row in another order.
 */
public final class DnaModel implements TrainedModel {
  private static final String TASK = "dna";
  private static final String ANSWERS = "answers.json";

  private final StrandEncoder encoder;
  private final TrainedNetwork network;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  DnaModel(
      StrandEncoder encoder,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.encoder = encoder;
    this.network = network;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /** What the file says of what the model answers: one of the two is null. */
  private record Answers(List<String> labels, RegionLabels regions) {
    private boolean isComplete() {
      return regions != null
          ? labels == null
          : labels != null
              && labels.size() > 1
              && !labels.contains(null)
              && Set.copyOf(labels).size() == labels.size();
    }
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static DnaModel load(Path path) {
    return NetworkFile.load(path, TASK, DnaModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static DnaModel load(InputStream in) {
    return NetworkFile.load(in, TASK, DnaModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static DnaModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, DnaModel::read);
  }

  private static DnaModel read(NetworkFile file) throws IOException {
    DnaConfig config = file.config(DnaConfig::with);
    Answers answers = answers(file);
    if (!answers.isComplete()) {
      throw file.entries().damaged("'" + ANSWERS + "' has neither labels, each once, nor regions");
    }
    StrandEncoder encoder =
        answers.regions() != null
            ? StrandEncoder.ofRegions(answers.regions(), config)
            : StrandEncoder.ofLabels(answers.labels(), config);
    TrainedNetwork network =
        file.network(
            () -> DnaNetwork.configuration(encoder),
            config.network(),
            (long) config.filters() * config.filterWidth(),
            config.kmer() > 1 ? (long) config.features() * config.dimensions() : 0,
            encoder.outputs());
    return new DnaModel(encoder, network, file.metrics(), file.provenance());
  }

  private static Answers answers(NetworkFile file) {
    try {
      return file.entries().json(ANSWERS, TypeToken.get(Answers.class));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw file.entries().damaged("'" + ANSWERS + "': " + e.getMessage());
    }
  }

  @Override
  public void save(Path path) {
    Map<String, String> settings = encoder.config().toProperties();
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, settings)) {
      file.json(ANSWERS, new Answers(encoder.labels(), encoder.regions().orElse(null)));
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /** What the model takes one strand for; see {@link #classify(List)}. */
  public Classified classify(Strand strand) {
    return classify(List.of(strand)).get(0);
  }

  /**
   * What the model takes each strand for, in the same order; faster than one by one. Their labels
   * are not looked at.
   *
   * @throws UserError if the model finds regions
   */
  public List<Classified> classify(List<Strand> strands) {
    Classifier classifier = classifier();
    return network.with(forward -> classifier.classify(forward, strands));
  }

  private Classifier classifier() {
    if (encoder.isOfRegions()) {
      throw UserError.usage(
          "the model was trained on regions and annotates; it has no labels of whole strands");
    }
    return new Classifier(encoder);
  }

  /** What makes a whole strand what it is; see {@link Explainer}. */
  Explainer explainer() {
    return new Explainer(classifier(), network);
  }

  /**
   * Compares the model's answers with the labels of {@code strands}.
   *
   * @throws UserError if a strand has no label, or one that the model does not know, or if the
   *     model finds regions
   */
  public Confusion evaluateLabels(List<Strand> strands) {
    Classifier classifier = classifier();
    strands.forEach(encoder::labelOf); // what has none is refused before the network reads anything
    return compare(strands, network.with(forward -> classifier.classify(forward, strands)));
  }

  /** Compares answers that were given already with the labels of {@code strands}. */
  Confusion compare(List<Strand> strands, List<Classified> answers) {
    Confusion scores = new Confusion(labels());
    for (int i = 0; i < answers.size(); i++) {
      double[] probabilities =
          answers.get(i).probabilities().values().stream().mapToDouble(p -> p).toArray();
      scores.add(encoder.labelOf(strands.get(i)), probabilities);
    }
    return scores;
  }

  /**
   * The regions of a strand, in the order of their beginnings.
   *
   * @throws UserError if the model classifies whole strands
   */
  public List<Region> annotate(Strand strand) {
    List<Region> regions = new ArrayList<>();
    annotator(encoder.config().window())
        .annotate(network, strand.id(), BaseSource.of(strand.bases()), regions::add, List.of());
    regions.sort(Comparator.comparingLong(Region::start));
    return regions;
  }

  /**
   * Finds the regions of a sequence that need not fit into memory, as it is read.
   *
   * @param window bases that are read together, above twice {@link DnaConfig#context}; what is
   *     found does not hang on it, as long as what matters for a base lies within the context
   * @param regions is told each once it is found, those of one strand in the order of their ends
   * @return the number of bases
   */
  long annotate(String id, BaseSource bases, int window, Consumer<Region> regions) {
    return annotator(window).annotate(network, id, bases, regions, List.of());
  }

  /** Refuses to annotate where the model cannot, before anything is written. */
  void checkAnnotates(int window) {
    annotator(window);
  }

  private Annotator annotator(int window) {
    if (!encoder.isOfRegions()) {
      throw UserError.usage(
          "the model was trained on labels of whole strands and classifies; it finds no regions");
    }
    NetworkConfig.atLeast(UserError.setting("window"), window, 1);
    return new Annotator(encoder, window);
  }

  /**
   * Compares the regions that the model finds with those of {@code strands}.
   *
   * @throws UserError if nothing is said of those of a strand, or they are of types that the model
   *     does not know, or if the model classifies whole strands
   */
  public RegionScores evaluateRegions(List<Strand> strands) {
    return RegionEvaluation.of(annotator(encoder.config().window()), encoder, network, strands);
  }

  /** The labels of whole strands, in the order of the probabilities; empty for regions. */
  public List<String> labels() {
    return encoder.isOfRegions() ? List.of() : encoder.labels();
  }

  /** The labels of regions; empty if the model classifies whole strands. */
  public Optional<RegionLabels> regions() {
    return encoder.regions();
  }

  StrandEncoder encoder() {
    return encoder;
  }

  /** What the model was trained with. */
  public DnaConfig config() {
    return encoder.config();
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
