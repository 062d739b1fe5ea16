/** What the configurations of layers that read sequences have in common. */
package dev.unroll.layers.sequences;
