package dev.unroll.translation;

/**
 * A pair as numbers.
 *
 * @param source the numbers of the source's symbols, its end the last
 * @param target the numbers of the target's symbols, its end the last; empty if there is none
 */
public record EncodedPair(int[] source, int[] target) {}
