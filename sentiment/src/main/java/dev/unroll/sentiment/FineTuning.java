package dev.unroll.sentiment;

import dev.unroll.training.LayerRates;
import dev.unroll.training.RecurrentStack;

/**
 * How layers that were trained before go on, as in ULMFiT (J. Howard, S. Ruder, <i>Universal
 * Language Model Fine-tuning for Text Classification</i>, ACL 2018, sections 3.2 and 3.3).
 *
 * <pre>
 *   layer         rate        learns from epoch, if unfrozen gradually
 *   output        1           1
 *   recurrent2    decay       2
 *   recurrent1    decay²      3
 *   embedding     decay³      4
 * </pre>
 *
 * The outputs that {@link LanguageOutputs} adds are the tops of their language models: they learn
 * as the layer above the one from whose states they predict does, which for a classifier of that
 * one layer is its own output.
 *
 * @param layers recurrent layers
 * @param predicting the recurrent layer from whose states language models predict, from 1
 * @param decay of the learning rate from a layer to the one below it; 1 for none
 * @param gradual whether the output learns alone in the first epoch, and each epoch another layer
 *     with those above it
 */
record FineTuning(int layers, int predicting, double decay, boolean gradual) implements LayerRates {
  @Override
  public double factor(String layer, int epoch) {
    int depth = depth(layer);
    return gradual && epoch <= depth ? 0 : Math.pow(decay, depth);
  }

  /** Layers above it. */
  private int depth(String layer) {
    if (layer.equals(SentimentNetwork.EMBEDDING)) {
      return layers + 1;
    }
    for (int number = 1; number <= layers; number++) {
      if (layer.equals(RecurrentStack.name(number))) {
        return layers + 1 - number;
      }
    }
    return LanguageOutputs.NAMES.contains(layer) ? layers - predicting : 0;
  }
}
