package dev.unroll.layers;

import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.kernel.State;
import dev.unroll.layers.memory.Slab;
import dev.unroll.layers.output.OutputSteps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads sequences with a trained network one step at a time, for programs that decide on the next
 * input by the last output.
 *
 * <p>It does what {@code ComputationGraph.rnnTimeStep} does, and gives the same probabilities up to
 * the last bits. But there each step sets up arrays and workspaces of every layer, which takes
 * longer than the step itself; here nothing happens but the products and the activations.
 *
 * <pre>{@code
 * Stepper stepper = Stepper.of(configuration, parameters);
 * stepper.begin(1);
 * float[] probabilities = stepper.read(new int[] {id});     // of what follows id
 * probabilities = stepper.read(new int[] {next});           // of what follows id, next
 * }</pre>
 *
 * <p>A decoder begins in states, which {@link #begin(Steps...)} takes; whatever else its network
 * has, such as the encoder, is not computed here.
 *
 * <p>The parameters are used where they lie: they must last as long, and must not be trained
 * between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class Stepper {
  private final StepChain chain;
  private final Slab features = new Slab(DataType.FLOAT);
  private int sequences;

  private Stepper(StepChain chain) {
    this.chain = chain;
  }

  /** {@link #of(ComputationGraphConfiguration, ParameterTable, Map)} without functions. */
  public static Stepper of(ComputationGraphConfiguration configuration, ParameterTable parameters) {
    return of(configuration, parameters, Map.of());
  }

  /**
   * A way to read with a network, of which it shares the parameters and nothing else.
   *
   * @param configuration of one output: from it down along the first inputs there are a {@link
   *     SequenceSoftmax}, {@link dev.unroll.layers.output.AdaptiveSoftmax} or {@link
   *     dev.unroll.layers.ctc.Ctc}, {@link SequenceProjection}s, {@link Recurrent} layers of one
   *     direction, {@link InitialState}s, and at the bottom maybe a {@link WordEmbedding}
   * @param functions stand in for other vertices among these, by name
   * @throws IllegalArgumentException if it is any other network
   */
  public static Stepper of(
      ComputationGraphConfiguration configuration,
      ParameterTable parameters,
      Map<String, StepFunction> functions) {
    return new Stepper(StepChain.of(configuration, parameters, functions));
  }

  /** Forgets everything, takes the parameters as they are now, and begins some sequences. */
  public void begin(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a stepper reads 1 or more sequences, got " + count);
    }
    chain.parts().forEach(part -> part.begin(count));
    chain.output().begin();
    sequences = count;
  }

  /**
   * The same, but each sequence begins in given states.
   *
   * @param states one a recurrent layer, from below, vectors {@code [sequences, width]} as {@link
   *     LastState} gives them and {@link InitialState} takes them; null for zeros, but not all;
   *     copied
   */
  public void begin(Steps... states) {
    List<CellSteps> cells = cells();
    if (states.length != cells.size()) {
      throw new IllegalArgumentException(
          "expected a state for each of %d recurrent layers, got %d"
              .formatted(cells.size(), states.length));
    }
    List<Integer> counts =
        Arrays.stream(states).filter(Objects::nonNull).map(Steps::batch).distinct().toList();
    if (counts.size() != 1) {
      throw new IllegalArgumentException(
          "at least one state must be given, and all for as many sequences, got states of "
              + counts);
    }
    begin(counts.get(0));
    for (int i = 0; i < states.length; i++) {
      if (states[i] != null) {
        cells.get(i).begin(State.split(states[i].sequences(), cells.get(i).shape(), 1).get(0));
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
