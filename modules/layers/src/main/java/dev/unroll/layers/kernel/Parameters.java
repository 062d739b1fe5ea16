package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.NativeMemory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the parameters of one direction lie, or their derivatives.
 *
 * @param input {@code W [inputs, gates x hidden]}, column after column
 * @param recurrent {@code R [hidden, gates x hidden]}, column after column
 * @param bias {@code b [biases x hidden]}
 */
public record Parameters(Pointer input, Pointer recurrent, Pointer bias) {

  /** Those that lie in these arrays, which last as long as this. */
  public static Parameters in(INDArray input, INDArray recurrent, INDArray bias) {
    return new Parameters(
        NativeMemory.pointer(input), NativeMemory.pointer(recurrent), NativeMemory.pointer(bias));
  }
}
