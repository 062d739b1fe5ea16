/** What layers that read sequences, and vertices without parameters, have in common. */
package dev.unroll.layers.sequences;
