package dev.unroll.training;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * What the {@link ModelFile}s of all tasks have in common: settings, parameters, metrics and
 * provenance. A task adds its vocabularies and labels.
 *
 * <pre>{@code
 * try (ModelFileWriter file = NetworkFile.begin(path, "sentiment", config.toProperties())) {
 *   file.json("labels.json", labels);
 *   NetworkFile.finish(file, network, metrics, provenance);
 * }
 * SentimentModel model = NetworkFile.load(path, "sentiment", file -> new SentimentModel(…));
 * }</pre>
 *
 * <p>A file is checked before it is believed: whatever is wrong with it is a {@link UserError} of
 * kind {@code DATA} that names it, and no array is larger than the file says it has numbers for.
 */
public final class NetworkFile {
  /** The entry that has the labels of a classifier. */
  public static final String LABELS = "labels.json";

  private static final String CONFIG = "config.properties";
  private static final String PARAMETERS = "parameters.bin";
  private static final String METRICS = "metrics.json";
  private static final String PROVENANCE = "provenance.json";

  /** No training comes near it, and products of such values are still finite. */
  private static final float LARGEST = 1e9f;

  private final ModelFile file;

  private NetworkFile(ModelFile file) {
    this.file = file;
  }

  /** Makes a model of what a file holds. */
  @FunctionalInterface
  public interface Reader<M> {
    /**
     * Reads a model.
     *
     * @throws IOException if an entry ends early or is not what it must be
     */
    M read(NetworkFile file) throws IOException;
  }

  /** Begins a model; the task's own entries come next, and then {@link #finish}. */
  public static ModelFileWriter begin(Path path, String task, Map<String, String> config) {
    ModelFileWriter file = new ModelFileWriter(path, task);
    file.properties(CONFIG, config);
    return file;
  }

  /**
   * Adds another network, whole, to a model that reads what that one says; {@link #part} finds it
   * again.
   *
   * @param folder such as {@code forward/}, which the names of its entries begin with
   */
  public static void part(
      ModelFileWriter file, String folder, Map<String, String> config, TrainedNetwork network) {
    file.properties(folder + CONFIG, config);
    file.binary(folder + PARAMETERS, network::write);
  }

  /**
   * Another network within this model, as {@link #part(ModelFileWriter, String, Map,
   * TrainedNetwork)} wrote it.
   */
  public NetworkFile part(String folder) {
    return new NetworkFile(file.within(folder));
  }

  /** Adds what is left, and puts the file in its place. */
  public static void finish(
      ModelFileWriter file,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    file.binary(PARAMETERS, network::write);
    file.json(METRICS, metrics);
    file.json(PROVENANCE, provenance);
    file.commit();
  }

  /**
   * Reads a model from a file.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static <M> M load(Path path, String task, Reader<M> reader) {
    return read(ModelFile.open(path, task), reader);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static <M> M load(InputStream in, String task, Reader<M> reader) {
    return read(ModelFile.open(in, "the stream of a model", task), reader);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the module or jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it: beside the class, or from the
   *     root if it begins with a slash
   * @throws UserError as above
   */
  public static <M> M load(Class<?> beside, String resource, String task, Reader<M> reader) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw UserError.data(
            resource, "there is no such model on the class path, seen from " + beside.getName());
      }
      return read(ModelFile.open(in, resource, task), reader);
    } catch (IOException e) {
      throw UserError.data(resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static <M> M read(ModelFile opened, Reader<M> reader) {
    try (ModelFile file = opened) {
      return reader.read(new NetworkFile(file));
    } catch (EOFException e) {
      throw UserError.data(opened.name(), "damaged: an entry ends early", e);
    } catch (IOException e) {
      throw UserError.data(opened.name(), "damaged: " + e.getMessage(), e);
    }
  }

  /** The entries, for those that are the task's own. */
  public ModelFile entries() {
    return file;
  }

  /**
   * The labels that the model tells apart, in the order of its outputs: the entry {@value #LABELS}.
   *
   * @throws UserError if there are not two or more, each once
   */
  public List<String> labels() {
    List<String> labels = entries().json(LABELS, new TypeToken<>() {});
    if (labels.size() < 2 || labels.contains(null) || Set.copyOf(labels).size() < labels.size()) {
      throw entries().damaged("'" + LABELS + "' has not two labels or more, each once");
    }
    return labels;
  }

  /**
   * The settings.
   *
   * @param with makes a configuration of them, or refuses with a {@link UserError}
   */
  public <C> C config(Function<Map<String, String>, C> with) {
    try {
      return with.apply(file.properties(CONFIG));
    } catch (UserError e) {
      throw e.kind() == UserError.Kind.DATA
          ? e
          : file.damaged("'" + CONFIG + "': " + e.getMessage());
    }
  }

  /**
   * The network with its parameters.
   *
   * @param configuration of the network; asked for only if the file has room for its parameters
   * @param layers its recurrent layers
   * @param sizes of other layers: each has at least as many parameters as the size says
   */
  public TrainedNetwork network(
      Supplier<ComputationGraphConfiguration> configuration, NetworkConfig layers, long... sizes)
      throws IOException {
    ComputationGraphConfiguration built = configuration(configuration, layers, sizes);
    TrainedNetwork network = readAll(in -> TrainedNetwork.read(built, in, file.name()));
    requireFinite(network.largest());
    return network;
  }

  private ComputationGraphConfiguration configuration(
      Supplier<ComputationGraphConfiguration> configuration, NetworkConfig layers, long... sizes) {
    // A layer of n units has a matrix of n x n values at least, from each of its steps to the next.
    double least = (double) layers.layers() * layers.hidden() * layers.hidden();
    require(Math.max(least, Arrays.stream(sizes).max().orElse(0)));
    ComputationGraphConfiguration built = configuration.get();
    require(MemoryEstimate.parameters(built));
    return built;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private <T> T readAll(Reading<T> reading) throws IOException {
    try (InputStream in = file.open(PARAMETERS)) {
      T read = reading.from(in);
      if (in.read() >= 0) {
        throw file.damaged("'" + PARAMETERS + "' goes on after its last value");
      }
      return read;
    }
  }

  private void requireFinite(float largest) {
    if (!(largest <= LARGEST)) {
      throw file.damaged(
          "'%s' holds the value %s, from which no probability follows"
              .formatted(PARAMETERS, largest));
    }
  }

  private void require(double parameters) {
    long most = file.size(PARAMETERS) / Float.BYTES;
    if (parameters > most) {
      throw file.damaged(
          "the network that '%s' describes has %.0f parameters or more, '%s' at most %d"
              .formatted(CONFIG, parameters, PARAMETERS, most));
    }
  }

  /** The scores on dev of the epoch that was kept. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = file.json(METRICS, new TypeToken<Map<String, Double>>() {});
    if (metrics.containsValue(null)) {
      throw file.damaged("'" + METRICS + "' has a metric without a value");
    }
    return metrics;
  }

  /** Where the model came from. */
  public Provenance provenance() {
    return file.json(PROVENANCE, TypeToken.get(Provenance.class));
  }
}
