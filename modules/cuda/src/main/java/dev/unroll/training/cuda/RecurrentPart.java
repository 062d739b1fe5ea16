package dev.unroll.training.cuda;

import dev.unroll.layers.Recurrent;
import dev.unroll.layers.cuda.Cudnn;
import dev.unroll.layers.cuda.RnnShape;
import dev.unroll.layers.cuda.WeightSpace;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;

/**
 * Recurrent layers on top of one another, in one direction or two, by one call of cuDNN, which then
 * need not wait for the last step of one before it begins with another.
 */
final class RecurrentPart implements Part.Carrying {
  private final Context context;
  private final RnnShape shape;
  private final Cudnn.Rnn network;
  private final ParameterSpace.Block weights;
  private final Dropout dropout;

  /** Null if no state is carried. */
  private final CarriedStates carried;

  private Cudnn.Arrays pass;

  /**
   * A layer of the network.
   *
   * @param parameters by name
   * @param carrier the layer in the network if it carries its state, or null
   */
  record Source(
      Recurrent layer,
      Function<String, ParameterSpace.Trained> parameters,
      RecurrentLayer carrier) {}

  /**
   * Layers of the same cell, units and directions.
   *
   * @param layers the lowest first, each of which reads the one before it and nothing else
   * @param dropout of what the lowest reads
   */
  RecurrentPart(Context context, ParameterSpace space, List<Source> layers, Dropout dropout) {
    this.context = context;
    this.dropout = dropout;
    Recurrent lowest = layers.get(0).layer();
    shape = new RnnShape(lowest.shape(), layers.size(), lowest.directions());
    network = context.gpu.rnn(shape);
    List<RecurrentLayer> carriers =
        layers.stream().map(Source::carrier).filter(Objects::nonNull).toList();
    boolean memory = lowest.cell().hasMemory();
    carried =
        carriers.isEmpty() ? null : new CarriedStates(context, carriers, shape.hidden(), memory);
    weights = space.block((network.weightBytes() + Float.BYTES - 1) / Float.BYTES);
    for (int layer = 0; layer < layers.size(); layer++) {
      Source source = layers.get(layer);
      List<String> prefixes = source.layer().prefixes();
      for (int direction = 0; direction < prefixes.size(); direction++) {
        int pseudoLayer = layer * shape.directions() + direction;
        String prefix = prefixes.get(direction);
        hold(pseudoLayer, name -> source.parameters().apply(prefix + name));
      }
    }
  }

  private void hold(int pseudoLayer, Function<String, ParameterSpace.Trained> parameters) {
    for (WeightSpace.Piece piece :
        WeightSpace.pieces(shape.cell(pseudoLayer), network, pseudoLayer, Float.BYTES)) {
      String name =
          switch (piece.array()) {
            case INPUT -> "W";
            case RECURRENT -> "RW";
            case BIAS -> "b";
          };
      weights.holds(
          parameters.apply(name),
          piece.ours() / Float.BYTES,
          piece.theirs() / Float.BYTES,
          piece.bytes() / Float.BYTES);
    }
  }

  private boolean memory() {
    return shape.first().cell().hasMemory();
  }

  private long stateFloats(int batch) {
    return (long) shape.pseudoLayers() * batch * shape.hidden();
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    Tensor x = dropout.forward(below.get(0));
    int batch = x.batch();
    Tensor y = context.arena.take(x, shape.outputs());
    Cudnn.Rows rows = rows(x);
    Cudnn.Space spaces = network.space(true, rows);
    long h0 = carried == null ? context.zeros(stateFloats(batch)) : carried.hidden(batch);
    long c0 = 0;
    if (memory()) {
      c0 = carried == null ? context.zeros(stateFloats(batch)) : carried.memory(batch);
    }
    long states = Float.BYTES * stateFloats(batch);
    pass =
        new Cudnn.Arrays(
            weights.values(),
            x.address(),
            y.address(),
            h0,
            context.arena.take(states),
            c0,
            memory() ? context.arena.take(states) : 0,
            spaces,
            context.arena.take(spaces.work()),
            context.arena.take(spaces.reserve()));
    network.forward(true, rows, pass);
    if (carried != null) {
      carried.keep(pass.hN(), pass.cN(), x);
    }
    return y;
  }

  private static Cudnn.Rows rows(Tensor tensor) {
    return new Cudnn.Rows(tensor.lengths().values(), tensor.steps(), tensor.lengths().address());
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    Cudnn.Rows rows = rows(outer);
    Tensor dX = context.arena.take(outer, shape.first().inputs());
    // What is behind the end of a sequence stays as it is.
    context.gpu.cudnn().clear(dX.address(), dX.bytes());
    long floats = stateFloats(outer.batch());
    long zeros = context.zeros(floats);
    Cudnn.StateGradients states =
        new Cudnn.StateGradients(
            zeros,
            memory() ? zeros : 0,
            context.arena.take(floats * Float.BYTES),
            memory() ? context.arena.take(floats * Float.BYTES) : 0);
    network.backwardData(rows, pass, outer.address(), dX.address(), states);
    network.backwardWeights(rows, pass, weights.gradient());
    return List.of(dropout.backward(dX));
  }

  @Override
  public void forget() {
    if (carried != null) {
      carried.forget();
    }
  }

  @Override
  public void readState() {
    if (carried != null) {
      carried.read();
    }
  }

  @Override
  public void writeState() {
    if (carried != null) {
      carried.write();
    }
  }

  @Override
  public void close() {
    network.close();
    if (carried != null) {
      carried.close();
    }
  }
}
