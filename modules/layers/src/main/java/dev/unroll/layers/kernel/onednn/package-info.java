/**
 * The recurrent cells by oneDNN, Intel's library: whole cells where it computes them well ({@link
 * dev.unroll.layers.kernel.onednn.OneDnnPass}), its matrix products in the cells of {@link
 * dev.unroll.layers.kernel.blas} elsewhere ({@link
 * dev.unroll.layers.kernel.onednn.PackedProducts}).
 */
package dev.unroll.layers.kernel.onednn;
