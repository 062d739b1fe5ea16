package dev.unroll.layers.characters;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link CharacterConvolution}. */
final class CharacterConvolutionLayer extends BaseLayer<CharacterConvolution> {
  private static final long serialVersionUID = 1L;

  /** What the forward pass leaves to the backward pass. */
  private transient ConvolvedWords words;

  CharacterConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    Spellings spellings = Spellings.read(input, maskArray, layerConf().getNIn());
    words =
        new ConvolvedWords(
            spellings,
            layerConf().window(),
            doubles(CharacterConvolutionParameters.CHARACTERS),
            doubles(CharacterConvolutionParameters.FILTERS),
            doubles(CharacterConvolutionParameters.BIAS));
    int filters = Math.toIntExact(layerConf().getNOut());
    double[] values = new double[spellings.positions() * filters];
    for (int position = 0; position < spellings.positions(); position++) {
      if (spellings.wordAt(position) != Spellings.NONE) {
        double[] word = words.output(spellings.wordAt(position));
        System.arraycopy(word, 0, values, position * filters, filters);
      }
    }
    INDArray output =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATIONS, dataType, input.size(0), filters, input.size(2));
    return write(values, output);
  }

  private INDArray write(double[] values, INDArray timeMajor) {
    if (dataType == DataType.FLOAT) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      NativeMemory.write(floats, timeMajor, floats.length);
    } else {
      NativeMemory.doubles(timeMajor).put(values, 0, values.length);
    }
    return timeMajor;
  }

  private double[] doubles(String key) {
    return getParam(key).dup('c').data().asDouble();
  }

  /** Returns no gradient for the input: character numbers have none. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray epsilons = TimeMajor.of(epsilon.castTo(dataType));
    words.backward(epsilons.permute(2, 0, 1).dup('c').data().asDouble());
    Gradient result = new DefaultGradient();
    set(result, CharacterConvolutionParameters.CHARACTERS, words.characterGradient());
    set(result, CharacterConvolutionParameters.FILTERS, words.filterGradient());
    set(result, CharacterConvolutionParameters.BIAS, words.biasGradient());
    return new Pair<>(result, null);
  }

  private void set(Gradient result, String key, double[] values) {
    INDArray view = gradientViews.get(key);
    view.assign(Nd4j.createFromArray(values).castTo(dataType).reshape('c', view.shape()));
    result.setGradientFor(key, view, 'c');
  }

  /** As the flat array lies, which is by rows here and not by columns as elsewhere. */
  @Override
  protected void setParams(INDArray parameters, char order) {
    super.setParams(parameters, 'c');
  }

  @Override
  public void clear() {
    super.clear();
    words = null;
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
