package dev.unroll.layers.kernel;

import org.bytedeco.javacpp.Pointer;

/**
 * Where the parameters of one direction lie, or their derivatives.
 *
 * @param input {@code W [inputs, gates x hidden]}, column after column
 * @param recurrent {@code R [hidden, gates x hidden]}, column after column
 * @param bias {@code b [biases x hidden]}
 */
public record Parameters(Pointer input, Pointer recurrent, Pointer bias) {}
