/**
 * The recurrent cells as matrix products over all rows of a batch, and Java for what is between.
 *
 * <p>{@link dev.unroll.layers.kernel.blas.BlasPass} tells which products are made at once and which
 * at each step; {@link dev.unroll.layers.kernel.blas.BlasLstm}, {@link
 * dev.unroll.layers.kernel.blas.BlasGru} and {@link dev.unroll.layers.kernel.blas.BlasTanh} add the
 * equations of their cells. Who multiplies is behind {@link
 * dev.unroll.layers.kernel.blas.CellProducts}: here OpenBLAS.
 */
package dev.unroll.layers.kernel.blas;
