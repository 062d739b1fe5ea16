package dev.unroll.layers;

import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.output.OutputSteps;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads sequences with a trained network one step at a time, for programs that decide on the next
 * input by the last output.
 *
 * <p>It does what {@link ComputationGraph#rnnTimeStep} does, and gives the same probabilities up to
 * the last bits. But there each step sets up arrays and workspaces of every layer, which takes
 * longer than the step itself; here nothing happens but the products and the activations.
 *
 * <pre>{@code
 * Stepper stepper = Stepper.of(network);
 * stepper.begin(1);
 * float[] probabilities = stepper.read(new int[] {id});     // of what follows id
 * probabilities = stepper.read(new int[] {next});           // of what follows id, next
 * }</pre>
 *
 * <p>A decoder begins in states, which {@link #begin(INDArray...)} takes; whatever else its network
 * has, such as the encoder, is not computed here.
 *
 * <p>The network's parameters are used where they lie: the network must live as long, and must not
 * be trained between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class Stepper {
  private final StepChain chain;
  private final Slab features = new Slab(DataType.FLOAT);
  private int sequences;

  private Stepper(StepChain chain) {
    this.chain = chain;
  }

  /** {@link #of(ComputationGraph, Map)} without functions. */
  public static Stepper of(ComputationGraph network) {
    return of(network, Map.of());
  }

  /**
   * A way to read with {@code network}, of which it shares the parameters and nothing else.
   *
   * @param network in {@link DataType#FLOAT}; from its one output down along the first inputs it
   *     has a {@link SequenceSoftmax}, {@link dev.unroll.layers.output.AdaptiveSoftmax} or {@link
   *     dev.unroll.layers.ctc.Ctc}, {@link SequenceProjection}s, {@link Recurrent} layers of one
   *     direction, {@link InitialState}s, and at the bottom maybe a {@link WordEmbedding}
   * @param functions stand in for other vertices among these, by name
   * @throws IllegalArgumentException if it is any other network
   */
  public static Stepper of(ComputationGraph network, Map<String, StepFunction> functions) {
    DataType type = network.getConfiguration().getDataType();
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "only networks in FLOAT are read by steps, not in " + type);
    }
    return new Stepper(StepChain.of(network, functions));
  }

  /** Forgets everything, takes the parameters as they are now, and begins some sequences. */
  public void begin(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a stepper reads 1 or more sequences, got " + count);
    }
    begin(count, new INDArray[cells().size()]);
  }

  /**
   * The same, but each sequence begins in given states.
   *
   * @param states one a recurrent layer, from below, {@code [sequences, width]} as {@link
   *     LastState} gives them and {@link InitialState} takes them; null for zeros, but not all;
   *     copied
   */
  public void begin(INDArray... states) {
    int count =
        Arrays.stream(states)
            .filter(Objects::nonNull)
            .mapToInt(state -> (int) state.size(0))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("at least one state must be given"));
    begin(count, states);
  }

  private void begin(int count, INDArray[] states) {
    List<CellSteps> cells = cells();
    if (states.length != cells.size()) {
      throw new IllegalArgumentException(
          "expected a state for each of %d recurrent layers, got %d"
              .formatted(cells.size(), states.length));
    }
    for (int i = 0; i < states.length; i++) {
      if (states[i] == null) {
        cells.get(i).begin(count);
      } else if (states[i].size(0) != count) {
        throw new IllegalArgumentException(
            "the states are of %d sequences and of %d".formatted(count, states[i].size(0)));
      } else {
        INDArray state = states[i].castTo(DataType.FLOAT).dup('c');
        cells.get(i).begin(State.split(state, cells.get(i).shape(), 1).get(0));
        Reference.reachabilityFence(state);
      }
    }
    sequences = count;
    chain.output().begin();
    for (StepPart part : chain.parts()) {
      if (part instanceof StepPart.Function custom) {
        custom.function().begin(count);
      }
    }
  }

  private List<CellSteps> cells() {
    return chain.parts().stream()
        .filter(StepPart.Cell.class::isInstance)
        .map(part -> ((StepPart.Cell) part).steps())
        .toList();
  }

  /**
   * Reads a word of each sequence, or of the first ones; the others stay where they are.
   *
   * @param ids {@code [count]}, of at most as many as there are sequences
   * @return the output of the network, {@code [count, classes]}, one after the other
   */
  public float[] read(int[] ids) {
    if (chain.embedding() == null) {
      throw new IllegalStateException("the network reads vectors, not ids");
    }
    boolean functions = chain.parts().stream().anyMatch(StepPart.Function.class::isInstance);
    if (ids.length == 0 || ids.length > sequences || functions && ids.length < sequences) {
      throw new IllegalArgumentException(
          "expected an id for each of the %d sequences that were begun, got %d"
              .formatted(sequences, ids.length));
    }
    return read(chain.embedding().step(ids));
  }

  /**
   * Reads a vector of each sequence.
   *
   * @param vectors {@code [sequences, nIn]}, one after the other
   * @return the output of the network, {@code [sequences, classes]}, one after the other
   */
  public float[] read(float[] vectors) {
    if (chain.embedding() != null) {
      throw new IllegalStateException("the network reads ids, not vectors");
    }
    require(vectors.length);
    features.reserve(vectors.length).floats().put(vectors);
    return read(new StepPart.Features(features, sequences, chain.width()));
  }

  private void require(int values) {
    if (values != sequences * chain.width() || sequences == 0) {
      throw new IllegalArgumentException(
          "expected %d values a sequence for the %d that were begun, got %d"
              .formatted(chain.width(), sequences, values));
    }
  }

  private float[] read(StepPart.Features x) {
    StepPart.Features below = x;
    for (StepPart part : chain.parts()) {
      below = part.read(below);
    }
    OutputSteps output = chain.output();
    return output.step(below.of(output.inputs()).floats(), below.rows());
  }

  /**
   * Replaces the sequences: number {@code i} goes on from what {@code parents[i]} was. Their number
   * may change.
   */
  public void select(int[] parents) {
    for (int parent : parents) {
      if (parent < 0 || parent >= sequences) {
        throw new IllegalArgumentException("there is no sequence " + parent + " of " + sequences);
      }
    }
    chain.parts().forEach(part -> part.select(parents));
    sequences = parents.length;
  }
}
