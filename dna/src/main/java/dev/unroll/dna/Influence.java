package dev.unroll.dna;

/**
 * What each base of a strand did for the label that a model gives to it.
 *
 * @param id of the strand
 * @param label what the model takes it for
 * @param probability of that label
 * @param bases the letters
 * @param influence for each base, the gradient of the logarithm of the label's probability times
 *     what was read of the base: above 0 if it speaks for the label
 */
record Influence(String id, String label, double probability, String bases, double[] influence) {}
