package dev.unroll.layers.output;

import dev.unroll.layers.forward.LayerParameters;
import org.bytedeco.javacpp.FloatPointer;

/** An output layer for one step at a time, as {@link dev.unroll.layers.Stepper} uses it. */
public interface OutputSteps {

  /** The configuration of an output layer that can be used so. */
  @FunctionalInterface
  interface Source {
    /** The layer for one step at a time, with these parameters, which it uses where they lie. */
    OutputSteps steps(LayerParameters parameters);
  }

  /** How many values it reads of a sequence. */
  int inputs();

  /** Takes the parameters as they are now. */
  void begin();

  /**
   * The probabilities of the classes.
   *
   * @param x {@code [rows, inputs]}, one after the other
   * @return {@code [rows, classes]}, one after the other
   */
  float[] step(FloatPointer x, int rows);
}
