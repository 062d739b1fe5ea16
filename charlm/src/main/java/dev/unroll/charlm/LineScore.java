package dev.unroll.charlm;

/**
 * How probable a model finds a line.
 *
 * @param text the line
 * @param logProbability natural logarithm of the probability of the line and its end, after the end
 *     of another; for a model that reads from the end, of its symbols from the last to the first
 * @param perCharacter {@code logProbability} by the number of characters, the end of the line being
 *     one
 * @param unknown how many characters, or words, the model does not know and read as {@code <UNK>}
 */
public record LineScore(String text, double logProbability, double perCharacter, long unknown) {}
