/**
 * Networks that only answer. A {@link dev.unroll.layers.forward.ForwardNetwork} computes the
 * forward pass of a trained network from its configuration and its parameters, with the kernels
 * that compute its layers in training; Deeplearning4j's {@code ComputationGraph}, its arrays and
 * ND4J's libraries are not loaded for it. One text takes a fraction of the time, and a process that
 * answers one starts at once.
 */
package dev.unroll.layers.forward;
