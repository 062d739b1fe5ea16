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
 * @param layers recurrent layers
 * @param decay of the learning rate from a layer to the one below it; 1 for none
 * @param gradual whether the output learns alone in the first epoch, and each epoch another layer
 *     with those above it
 */
record FineTuning(int layers, double decay, boolean gradual) implements LayerRates {
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
    return 0;
  }
}
