package dev.unroll.layers.characters;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link CharacterConvolution} in a {@link dev.unroll.layers.forward.ForwardNetwork}. */
final class CharacterForward implements ForwardPart.Layer {
  private final CharacterConvolution layer;
  private final LayerParameters parameters;
  private final Slab out = new Slab(DataType.FLOAT);
  private double[] characters;
  private double[] filters;
  private double[] bias;

  CharacterForward(CharacterConvolution layer, LayerParameters parameters) {
    this.layer = layer;
    this.parameters = parameters;
    refresh();
  }

  @Override
  public void refresh() {
    long outputs = layer.getNOut();
    long dimensions = layer.dimensions();
    characters =
        parameters.doubles(CharacterConvolutionParameters.CHARACTERS, layer.getNIn(), dimensions);
    filters =
        parameters.doubles(
            CharacterConvolutionParameters.FILTERS, layer.window() * dimensions, outputs);
    bias = parameters.doubles(CharacterConvolutionParameters.BIAS, 1, outputs);
  }

  @Override
  public Steps read(Steps below) {
    Spellings spellings =
        Spellings.read(below.toArray(), below.mask(), below.width(), layer.getNIn());
    float[] values =
        new ConvolvedWords(spellings, layer.window(), characters, filters, bias).everywhere();
    out.reserve(values.length).floats().put(values);
    return below.with(out, bias.length);
  }
}
