/** What the recurrent layers cost, beside Deeplearning4j's own; {@code layers.sh} adds PyTorch. */
package dev.unroll.benchmarks;
