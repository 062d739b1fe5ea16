package dev.unroll.training;

/**
 * How fast each layer learns: a factor of the learning rate, which may change from epoch to epoch.
 * What a layer brings along from another training is lost if it is trained as fast as a new layer
 * (J. Howard, S. Ruder, <i>Universal Language Model Fine-tuning for Text Classification</i>, ACL
 * 2018, section 3.2).
 */
@FunctionalInterface
public interface LayerRates {
  /** All layers alike. */
  LayerRates EQUAL = (layer, epoch) -> 1;

  /**
   * A factor, 0 or more; with 0 the layer stays as it is in that epoch.
   *
   * @param layer its name in the network
   * @param epoch from 1
   */
  double factor(String layer, int epoch);
}
