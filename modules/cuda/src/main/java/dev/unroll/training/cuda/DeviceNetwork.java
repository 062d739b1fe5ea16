package dev.unroll.training.cuda;

import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.pooling.RowsToSequences;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.training.AdamMoments;
import dev.unroll.training.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A network on the device: the parts of its graph, and their parameters. It is put together from
 * the configuration; a layer that has no part makes the whole network one that the device cannot
 * train.
 */
final class DeviceNetwork {
  final Context context;
  final ParameterSpace space;
  final List<EmbeddingPart> tables = new ArrayList<>();
  final List<String> inputs;
  private final ComputationGraph network;
  private final ComputationGraphConfiguration configuration;
  private final Map<String, AdamMoments> moments = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** By name, each after those that it reads. */
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** A layer that the device cannot train. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String reason) {
      super(reason);
    }
  }

  /**
   * Puts a network together, and sends its parameters to the device.
   *
   * @throws Unknown if a part of it cannot be computed there; nothing has been allocated
   */
  DeviceNetwork(Gpu gpu, ComputationGraph network, Optimizer optimizer) {
    this.network = network;
    configuration = network.getConfiguration();
    inputs = configuration.getNetworkInputs();
    context = new Context(gpu);
    space = new ParameterSpace(gpu.cudnn());
    List<AdamMoments> all = optimizer.moments();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).layer() + "_" + all.get(i).key();
      moments.put(name, all.get(i));
      numbers.put(name, i);
    }
    if (configuration.getNetworkOutputs().size() != 1) {
      throw new Unknown("it has " + configuration.getNetworkOutputs().size() + " outputs");
    }
    add(output());
    if (!(parts.get(output()) instanceof OutputPart)) {
      throw new Unknown("its output has no loss");
    }
    space.allocate();
    tables.forEach(EmbeddingPart::read);
  }

  private String output() {
    return configuration.getNetworkOutputs().get(0);
  }

  private void add(String name) {
    if (inputs.contains(name) || parts.containsKey(name)) {
      return; // whoever reads an input knows how
    }
    List<String> below = below(name);
    below.forEach(this::add);
    parts.put(name, part(name, configuration.getVertices().get(name), below));
  }

  private Part part(String name, GraphVertex vertex, List<String> below) {
    if (vertex instanceof MergeVertex) {
      return new MergePart(context);
    }
    if (vertex instanceof SubsetVertex subset) {
      return new SubsetPart(context, subset.getFrom(), subset.getTo() - subset.getFrom() + 1);
    }
    if (vertex instanceof RowsToSequences && inputs.contains(below.get(1))) {
      return new RowsPart(context, below.get(1));
    }
    if (vertex instanceof LayerVertex layerVertex && layerVertex.getPreProcessor() == null) {
      var layer = layerVertex.getLayerConf().getLayer();
      if (layer instanceof SequencePooling pooling && pooling.getIDropout() == null) {
        return new PoolingPart(context, pooling);
      }
      if (layer instanceof BaseLayer plain && isPlain(plain)) {
        return part(name, plain, below.get(0));
      }
    }
    throw unknown(name, vertex);
  }

  private Part part(String name, BaseLayer layer, String below) {
    Function<String, ParameterSpace.Trained> parameters = key -> parameter(name, key);
    if (layer instanceof WordEmbedding embedding
        && embedding.getTiedTo() == null
        && embedding.getIDropout() == null
        && inputs.contains(below)) {
      EmbeddingPart part =
          new EmbeddingPart(context, below, table(parameters.apply("W"), embedding.isFrozen()));
      tables.add(part);
      return part;
    }
    if (layer instanceof Recurrent recurrent && recurrent.cell() != Cell.GRU) {
      readVectors(below);
      return new RecurrentPart(
          context, space, recurrent, dropout(layer), parameters, carrier(name));
    }
    if (layer instanceof CharacterConvolution convolution && inputs.contains(below)) {
      return new CharacterPart(context, space, convolution, below, parameters);
    }
    if (layer instanceof SequenceProjection projection
        && (inputs.contains(below) || !projection.isOfData())) {
      boolean ofData = readVectors(below);
      return new ProjectionPart(context, map(projection, parameters), dropout(layer), ofData);
    }
    if (layer instanceof Crf crf) {
      return new CrfPart(context, space, crf, map(crf, parameters), dropout(layer), parameters);
    }
    if (layer instanceof SequenceSoftmax softmax && softmax.getTiedTo() == null) {
      return new SoftmaxPart(
          context,
          map(softmax, parameters),
          dropout(layer),
          Math.toIntExact(softmax.getNOut()),
          softmax.getLabelSmoothing());
    }
    if (layer instanceof OutputLayer output
        && output.hasBias()
        && output.getActivationFn() instanceof ActivationSoftmax
        && output.getLossFn() instanceof LossMCXENT loss
        && loss.getWeights() == null) {
      return new ClassifierPart(
          context, map(output, parameters), dropout(layer), Math.toIntExact(output.getNOut()));
    }
    throw unknown(name, configuration.getVertices().get(name));
  }

  /**
   * Has an input of the network be sent as vectors.
   *
   * @return whether it is an input at all
   */
  private boolean readVectors(String name) {
    if (inputs.contains(name)) {
      parts.computeIfAbsent(name, input -> new InputPart(context, input));
      return true;
    }
    return false;
  }

  private static Unknown unknown(String name, GraphVertex vertex) {
    Object what = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
    return new Unknown("\"%s\" is %s".formatted(name, what.getClass().getSimpleName()));
  }

  /** Whether a step is no more than its equations say. */
  private static boolean isPlain(BaseLayer layer) {
    return (layer.getRegularization() == null || layer.getRegularization().isEmpty())
        && (layer.getRegularizationBias() == null || layer.getRegularizationBias().isEmpty())
        && (layer.getConstraints() == null || layer.getConstraints().isEmpty())
        && layer.getWeightNoise() == null
        && (layer.getGradientNormalization() == null
            || layer.getGradientNormalization() == GradientNormalization.None)
        && (layer.getIDropout() == null || layer.getIDropout() instanceof SequenceDropout);
  }

  private Dropout dropout(BaseLayer layer) {
    return new Dropout(context, (SequenceDropout) layer.getIDropout());
  }

  private LinearMap map(
      FeedForwardLayer layer, Function<String, ParameterSpace.Trained> parameters) {
    return new LinearMap(
        context,
        space,
        Math.toIntExact(layer.getNIn()),
        Math.toIntExact(layer.getNOut()),
        parameters.apply("W"),
        parameters.apply("b"));
  }

  private ParameterSpace.Trained parameter(String layer, String key) {
    String name = layer + "_" + key;
    return new ParameterSpace.Trained(
        network.getLayer(layer).getParam(key), numbers.getOrDefault(name, -1), moments.get(name));
  }

  private static ParameterSpace.Trained table(ParameterSpace.Trained table, boolean frozen) {
    return frozen ? new ParameterSpace.Trained(table.array(), -1, null) : table;
  }

  private RecurrentLayer carrier(String name) {
    Layer layer = network.getLayer(name);
    return configuration.getBackpropType() == BackpropType.TruncatedBPTT
            && layer instanceof RecurrentLayer recurrent
        ? recurrent
        : null;
  }

  /**
   * Has all parts look at a batch.
   *
   * @return whether it can be computed here
   */
  boolean prepare(DeviceBatch batch) {
    Map<String, Lengths> lengths = new HashMap<>();
    for (Map.Entry<String, Part> entry : parts.entrySet()) {
      Part part = entry.getValue();
      List<Lengths> read = below(entry.getKey()).stream().map(lengths::get).toList();
      if (part instanceof OutputPart && !read.get(0).empty().isEmpty()) {
        return false;
      }
      if (part instanceof Part.Prepared prepared && !prepared.prepare(batch, read)) {
        return false;
      }
      lengths.put(entry.getKey(), part.lengths(read));
    }
    return true;
  }

  /** The forward and the backward pass; the gradient of all parameters is there afterwards. */
  OutputPart pass() {
    space.clearGradient();
    Map<String, Tensor> known = new HashMap<>();
    parts.forEach(
        (name, part) ->
            known.put(name, part.forward(below(name).stream().map(known::get).toList())));
    Map<String, Tensor> outer = new HashMap<>();
    List<String> backwards = new ArrayList<>(parts.keySet());
    Collections.reverse(backwards);
    for (String name : backwards) {
      List<Tensor> inner = parts.get(name).backward(outer.get(name));
      List<String> below = below(name);
      for (int i = 0; i < below.size(); i++) {
        if (inner.get(i) != null) {
          outer.merge(below.get(i), inner.get(i), this::sum);
        }
      }
    }
    return (OutputPart) parts.get(output());
  }

  /** The derivatives of what two parts read. */
  private Tensor sum(Tensor one, Tensor other) {
    int width = one.width();
    context.operations.columns(
        other.address(),
        width,
        0,
        one.address(),
        width,
        0,
        width,
        one.steps(),
        one.batch(),
        0,
        false,
        true);
    return one;
  }

  /** What a vertex reads; an input of the network reads nothing. */
  private List<String> below(String name) {
    return configuration.getVertexInputs().getOrDefault(name, List.of());
  }

  /** The parts that may carry a state. */
  List<Part.Carrying> carrying() {
    return parts.values().stream()
        .filter(Part.Carrying.class::isInstance)
        .map(Part.Carrying.class::cast)
        .toList();
  }

  void close() {
    parts.values().forEach(Part::close);
    space.close();
    context.close();
  }
}
