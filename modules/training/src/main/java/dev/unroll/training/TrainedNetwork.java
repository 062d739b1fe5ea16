package dev.unroll.training;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network whose training is over. It answers by {@link ForwardNetwork}s, one for each thread that
 * asks, and becomes a {@link ComputationGraph} only where more than answers is wanted, such as
 * gradients: until then ND4J is not loaded.
 *
 * <p>Any number of threads may use it at the same time.
 */
public final class TrainedNetwork {
  private final ComputationGraphConfiguration configuration;
  private final ParameterTable parameters;
  private final Lender<Lent> networks;
  private final AtomicInteger changes = new AtomicInteger();
  private ComputationGraph graph;

  /** A network, and how often the parameters had changed when it read them. */
  private static final class Lent {
    private final ForwardNetwork network;
    private int seen;

    Lent(ForwardNetwork network, int seen) {
      this.network = network;
      this.seen = seen;
    }
  }

  private TrainedNetwork(
      ComputationGraphConfiguration configuration,
      ParameterTable parameters,
      ComputationGraph graph) {
    this.configuration = configuration;
    this.parameters = parameters;
    this.graph = graph;
    ForwardNetwork first = ForwardNetwork.of(configuration, parameters);
    this.networks =
        new Lender<>(
            () -> new Lent(first.twin(), changes.get()),
            Runtime.getRuntime().availableProcessors(),
            Parallel::withoutTeams);
    networks.add(new Lent(first, 0));
  }

  /**
   * The network as it is now; its parameters are used where they lie, so that it must not be
   * trained for as long as this is used.
   *
   * @throws IllegalArgumentException if a {@link ForwardNetwork} cannot compute it
   */
  public static TrainedNetwork of(ComputationGraph network) {
    return new TrainedNetwork(network.getConfiguration(), ParameterTable.of(network), network);
  }

  /**
   * What makes of a network in training one that answers with the parameters as they are then: for
   * scores between epochs. Asked for the same network again it gives the same object, whose memory
   * is used again.
   */
  public static Function<ComputationGraph, TrainedNetwork> whileTraining() {
    TrainedNetwork[] last = new TrainedNetwork[1];
    return network -> {
      if (last[0] == null || last[0].graph != network) {
        last[0] = of(network);
      }
      last[0].changes.incrementAndGet();
      return last[0];
    };
  }

  /**
   * Of a network in training the part that is to stay, such as all but an output that only helps to
   * train; its parameters are copied.
   *
   * @param kept vertices of that network, by their names there, up to one output
   * @throws IllegalArgumentException if it has a parameter that the network has not, or has in
   *     another shape
   */
  public static TrainedNetwork part(ComputationGraph network, ComputationGraphConfiguration kept) {
    ParameterTable copy = ParameterTable.create(ParameterTable.shapes(kept));
    copy.take(ParameterTable.of(network));
    return new TrainedNetwork(kept, copy, null);
  }

  /**
   * {@link #part} for scores between epochs: the same object each time, whose parameters are those
   * that the network has when it is asked for.
   */
  public static Function<ComputationGraph, TrainedNetwork> whileTraining(
      ComputationGraphConfiguration kept) {
    TrainedNetwork[] last = new TrainedNetwork[1];
    return network -> {
      if (last[0] == null) {
        last[0] = part(network, kept);
      } else {
        last[0].parameters.take(ParameterTable.of(network));
      }
      last[0].changes.incrementAndGet();
      return last[0];
    };
  }

  /**
   * The network of a configuration with the parameters of a file.
   *
   * @param source the file, for messages
   * @throws UserError if the parameters are those of another network, or the machine cannot compute
   *     in the precision that was chosen
   */
  static TrainedNetwork read(
      ComputationGraphConfiguration configuration, InputStream in, Object source)
      throws IOException {
    Networks.precision();
    ParameterTable table = ParameterTable.create(ParameterTable.shapes(configuration));
    Parameters.read(table, in, source);
    return new TrainedNetwork(configuration, table, null);
  }

  /** What {@code use} makes of a network that is its own for the time of the call. */
  public <R> R with(Function<ForwardNetwork, R> use) {
    return networks.with(lent -> use.apply(current(lent)));
  }

  /** The network that is lent, with the parameters as they are now. */
  private ForwardNetwork current(Lent lent) {
    int now = changes.get();
    if (lent.seen != now) {
      lent.network.refresh();
      lent.seen = now;
    }
    return lent.network;
  }

  /**
   * Does {@code count} pieces of work, number 0 to {@code count - 1}, on as many threads as work on
   * layers, each with a network of its own.
   */
  public void forEach(int count, ObjIntConsumer<ForwardNetwork> use) {
    networks.forEach(count, (lent, number) -> use.accept(current(lent), number));
  }

  /** The same network as Deeplearning4j computes it; always the same object. */
  public synchronized ComputationGraph graph() {
    if (graph == null) {
      graph = Networks.of(configuration.clone());
      graph
          .paramTable()
          .forEach(
              (name, array) ->
                  Pointer.memcpy(
                      NativeMemory.pointer(array),
                      parameters.values(name, array.shape()),
                      array.length() * Float.BYTES));
    }
    return graph;
  }

  /** How many parameters there are. */
  public long size() {
    return parameters.length();
  }

  /** A copy of all parameters, in the order of Deeplearning4j's flat vector. */
  public float[] parameters() {
    float[] values = new float[Math.toIntExact(parameters.length())];
    parameters.values().get(values);
    return values;
  }

  /**
   * Tells networks apart that learnt something else, or whose rows stand for other words.
   *
   * @param names such as words, labels
   * @return SHA-256 of the names and of all parameters, in hexadecimal digits
   */
  @SafeVarargs
  public final String digest(List<String>... names) {
    MessageDigest digest = Sha256.create();
    for (List<String> part : names) {
      digest.update(String.join("\n", part).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    try {
      write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException("a digest takes all bytes", e);
    }
    return Sha256.hex(digest);
  }

  /** Writes the parameters as {@link Parameters} does. */
  void write(OutputStream out) throws IOException {
    Parameters.write(parameters, out);
  }

  /** The largest magnitude of a parameter; NaN if one is NaN. */
  float largest() {
    return Parameters.largest(parameters);
  }
}
