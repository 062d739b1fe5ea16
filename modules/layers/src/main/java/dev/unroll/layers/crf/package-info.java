/**
 * A linear-chain conditional random field, which labels the steps of a sequence jointly.
 *
 * <p>{@link dev.unroll.layers.crf.Crf} is the output layer. The equations are in {@link
 * dev.unroll.layers.crf.CrfLattice}: all label sequences of one sequence, the most probable of them
 * (Viterbi), and the probability of any stretch (forward and backward, in log space). {@link
 * dev.unroll.layers.crf.CrfConstraints} says which label may follow which.
 */
package dev.unroll.layers.crf;
