package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.generation.BeamSearch;
import dev.unroll.generation.SamplingConfig;

/**
 * What text is wanted of a model.
 *
 * @param prime the text to go on from; may be empty
 * @param length most symbols to add, at least 0
 * @param lines most lines to add; 0 for no limit
 * @param stop the text ends before the first occurrence of this string in what was added; empty for
 *     none
 * @param beam how many continuations a search for the most probable one keeps; 0 draws at random
 * @param sampling how a symbol is drawn; no matter to a search
 * @param seed of what is drawn: the same seed gives the same text
 */
public record SampleRequest(
    String prime,
    int length,
    int lines,
    String stop,
    int beam,
    SamplingConfig sampling,
    long seed) {
  /** Refuses what cannot be asked for. */
  public SampleRequest {
    if (length < 0) {
      throw UserError.usage(setting("length") + " must be 0 or above, got " + length);
    }
    if (lines < 0) {
      throw UserError.usage(setting("lines") + " must be 0 (no limit) or above, got " + lines);
    }
    BeamSearch.checkWidth(beam, 0);
  }

  /** That many symbols, drawn from the model's own distribution. */
  public static SampleRequest ofLength(int length, long seed) {
    return new SampleRequest("", length, 0, "", 0, SamplingConfig.defaults(), seed);
  }

  /** The same after another beginning. */
  public SampleRequest withPrime(String other) {
    return new SampleRequest(other, length, lines, stop, beam, sampling, seed);
  }

  /** The same drawn in another way. */
  public SampleRequest withSampling(SamplingConfig other) {
    return new SampleRequest(prime, length, lines, stop, beam, other, seed);
  }
}
