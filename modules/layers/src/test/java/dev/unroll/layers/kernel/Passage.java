package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A random batch that goes through a {@link Recurrence} forward and back, from given states to
 * states that are kept. The loss is linear in the outputs and in the states at the end.
 */
final class Passage {
  private final CellShape shape;
  private final int directions;
  private final States.Ends ends;
  private final List<Run> runs;

  /** What the loss depends on, by name. */
  final Map<String, INDArray> inputs = new LinkedHashMap<>();

  /** What the loss multiplies outputs and states at the end with. */
  private final INDArray dOut;

  private final INDArray dAfter;

  Passage(
      CellShape shape,
      int directions,
      States.Ends ends,
      INDArray mask,
      int batch,
      int time,
      Random random) {
    this.shape = shape;
    this.directions = directions;
    this.ends = ends;
    runs = Run.of(mask, batch, time);
    inputs.put("x", sequences(batch, shape.inputs(), time, random));
    int width = State.width(shape, directions);
    inputs.put("before", vectors(random, batch, width));
    for (int d = 0; d < directions; d++) {
      // Larger ones make the states of many units chaotic, where rounding decides.
      double scale = Math.min(1, 3 / Math.sqrt(shape.hidden()) / 2);
      inputs.put("W" + d, vectors(random, 1, shape.inputWeights()).muli(scale));
      inputs.put("R" + d, vectors(random, 1, shape.recurrentWeights()).muli(scale));
      inputs.put("b" + d, vectors(random, 1, shape.biases()));
    }
    dOut = sequences(batch, directions * shape.hidden(), time, random);
    dAfter = vectors(random, batch, width);
  }

  private static INDArray sequences(int batch, int features, int time, Random random) {
    return TimeMajor.createDetached(DataType.DOUBLE, batch, features, time)
        .assign(vectors(random, 1, batch * features * time).reshape(batch, features, time));
  }

  private static INDArray vectors(Random random, int rows, int columns) {
    return Nd4j.createFromArray(random.doubles((long) rows * columns, -1, 1).toArray())
        .reshape(rows, columns);
  }

  /** Outputs, states at the end, and the derivatives of all inputs. */
  Map<String, INDArray> by(RecurrentKernel kernel, DataType type) {
    Recurrence recurrence = new Recurrence(kernel, shape, type, directions == 2);
    Map<String, INDArray> in = new LinkedHashMap<>();
    inputs.forEach((name, value) -> in.put(name, copy(value, type)));
    Map<String, INDArray> results = forward(recurrence, in, type, true);
    inputs.forEach((name, value) -> results.put("d" + name, empty(value, type)));
    INDArray dOuts = copy(dOut, type);
    INDArray dX = results.get("dx");
    INDArray dXOfSecond = empty(dX, type);
    INDArray dAfterOfType = copy(dAfter, type);
    recurrence.backward(
        split(dOuts),
        directions == 1
            ? List.of(Sequences.of(dX))
            : List.of(Sequences.of(dX), Sequences.of(dXOfSecond)),
        parameters(results, "d"),
        State.split(dAfterOfType, shape, directions),
        State.split(results.get("dbefore"), shape, directions));
    dX.addi(dXOfSecond);
    return results;
  }

  /** The loss in double precision, by the reference. */
  double loss(RecurrentKernel reference) {
    Recurrence recurrence = new Recurrence(reference, shape, DataType.DOUBLE, directions == 2);
    Map<String, INDArray> results = forward(recurrence, inputs, DataType.DOUBLE, false);
    return results.get("out").mul(dOut).sumNumber().doubleValue()
        + results.get("after").mul(dAfter).sumNumber().doubleValue();
  }

  private Map<String, INDArray> forward(
      Recurrence recurrence, Map<String, INDArray> in, DataType type, boolean training) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    INDArray out = empty(dOut, type);
    // Nothing of it may stay.
    INDArray after = empty(dAfter, type).assign(Double.NaN);
    recurrence.forward(
        parameters(in, ""),
        Sequences.of(in.get("x")),
        runs,
        split(out),
        training,
        new States(
            ends,
            State.split(in.get("before"), shape, directions),
            State.split(after, shape, directions)));
    results.put("out", out);
    results.put("after", after);
    return results;
  }

  private List<Parameters> parameters(Map<String, INDArray> arrays, String prefix) {
    List<Parameters> parameters = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      parameters.add(
          Parameters.in(
              arrays.get(prefix + "W" + d),
              arrays.get(prefix + "R" + d),
              arrays.get(prefix + "b" + d)));
    }
    return parameters;
  }

  private List<Sequences> split(INDArray array) {
    Sequences all = Sequences.of(array);
    int hidden = shape.hidden();
    return directions == 1
        ? List.of(all)
        : List.of(all.features(0, hidden), all.features(hidden, hidden));
  }

  private static INDArray copy(INDArray array, DataType type) {
    return empty(array, type).assign(array);
  }

  /** Zeros that lie as the array does. */
  private static INDArray empty(INDArray array, DataType type) {
    INDArray empty =
        array.rank() == 3
            ? TimeMajor.createDetached(type, array.size(0), array.size(1), array.size(2))
            : Nd4j.createUninitializedDetached(type, 'c', array.shape());
    NativeMemory.zero(empty);
    return empty;
  }
}
