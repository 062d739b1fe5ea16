package dev.unroll.generation;

import dev.unroll.layers.Stepper;
import dev.unroll.layers.forward.ForwardNetwork;

/** A trained network that reads symbol by symbol; the state of its layers is what it remembers. */
public final class NetworkSymbols implements NextSymbol {
  private final Stepper stepper;
  private final int symbols;

  /**
   * The next symbols by {@code network}, of which it shares the parameters and nothing else.
   *
   * @param symbols how many it predicts
   */
  public NetworkSymbols(ForwardNetwork network, int symbols) {
    this.stepper = Stepper.of(network.configuration(), network.parameters());
    this.symbols = symbols;
  }

  @Override
  public int symbols() {
    return symbols;
  }

  @Override
  public void begin(int texts) {
    stepper.begin(texts);
  }

  @Override
  public float[][] read(int[] next) {
    float[] probabilities = stepper.read(next);
    float[][] logs = new float[next.length][symbols];
    for (int i = 0; i < next.length; i++) {
      for (int symbol = 0; symbol < symbols; symbol++) {
        logs[i][symbol] = (float) log(probabilities[i * symbols + symbol]);
      }
    }
    return logs;
  }

  /** A probability that is too small for a float is not impossible. */
  public static double log(float probability) {
    return Math.log(Math.max(probability, Float.MIN_NORMAL));
  }

  @Override
  public void branch(int[] parents) {
    stepper.select(parents);
  }
}
