/**
 * Arrays of numbers that other programs have written, such as the weights of a network of PyTorch:
 * {@link dev.unroll.data.tensors.TensorFile}. Only numbers are read; nothing in a file is run.
 */
package dev.unroll.data.tensors;
