package dev.unroll.training.cuda;

import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.layers.pooling.RowsToSequences;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.training.AdamMoments;
import dev.unroll.training.Optimizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
 * Makes the parts of a network from its configuration, and gives them their places among the
 * parameters.
 */
final class PartFactory {
  private final Context context;
  private final ParameterSpace space;
  private final ComputationGraph network;
  private final ComputationGraphConfiguration configuration;
  private final List<String> inputs;
  private final RecurrentStacks stacks;
  private final Map<String, AdamMoments> moments = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  PartFactory(
      Context context,
      ParameterSpace space,
      ComputationGraph network,
      Optimizer optimizer,
      RecurrentStacks stacks) {
    this.context = context;
    this.space = space;
    this.network = network;
    this.stacks = stacks;
    configuration = network.getConfiguration();
    inputs = configuration.getNetworkInputs();
    List<AdamMoments> all = optimizer.moments();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).layer() + "_" + all.get(i).key();
      moments.put(name, all.get(i));
      numbers.put(name, i);
    }
  }

  /**
   * The part of a vertex.
   *
   * @param name that of the last of layers that are computed together
   * @param below what it reads, or the first of those
   * @throws DeviceNetwork.Unknown if it has none
   */
  Part part(String name, GraphVertex vertex, List<String> below) {
    if (vertex instanceof MergeVertex) {
      return new MergePart(context);
    }
    if (vertex instanceof SubsetVertex subset) {
      return new SubsetPart(context, subset.getFrom(), subset.getTo() - subset.getFrom() + 1);
    }
    if (vertex instanceof RowsToSequences
        && !inputs.contains(below.get(0))
        && inputs.contains(below.get(1))) {
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
      return new EmbeddingPart(context, below, table(parameters.apply("W"), embedding.isFrozen()));
    }
    if (stacks.layer(name).isPresent()) {
      List<RecurrentPart.Source> layers = stacks.upTo(name).stream().map(this::recurrent).toList();
      return new RecurrentPart(context, space, layers, dropout(layers.get(0).layer()));
    }
    if (layer instanceof CharacterConvolution convolution && inputs.contains(below)) {
      return new CharacterPart(context, space, convolution, below, parameters);
    }
    if (layer instanceof SequenceProjection projection
        && (inputs.contains(below) || !projection.isOfData())) {
      return new ProjectionPart(
          context, map(projection, parameters), dropout(layer), inputs.contains(below));
    }
    if (layer instanceof Ctc ctc) {
      return new CtcPart(
          context, map(ctc, parameters), dropout(layer), Math.toIntExact(ctc.getNOut()));
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

  private RecurrentPart.Source recurrent(String name) {
    return new RecurrentPart.Source(
        stacks.layer(name).orElseThrow(), key -> parameter(name, key), stacks.carrier(name));
  }

  private static DeviceNetwork.Unknown unknown(String name, GraphVertex vertex) {
    Object what = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
    return new DeviceNetwork.Unknown(
        "\"%s\" is %s".formatted(name, what.getClass().getSimpleName()));
  }

  /** Whether a step is no more than its equations say. */
  static boolean isPlain(BaseLayer layer) {
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
}
