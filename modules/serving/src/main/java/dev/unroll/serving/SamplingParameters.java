package dev.unroll.serving;

import java.util.List;

/** How symbols are drawn, for every verb that draws some. */
public final class SamplingParameters {
  /** A number: 0 takes the likeliest. */
  public static final String TEMPERATURE = "temperature";

  /** A whole number: 0 for all. */
  public static final String TOP_K = "topK";

  /** A number: 1 for all. */
  public static final String TOP_P = "topP";

  private SamplingParameters() {}

  /** All three. */
  public static List<Parameter> all() {
    return List.of(
        Parameter.number(
            TEMPERATURE,
            1,
            0,
            100,
            "Below 1 bolder towards the likely, above 1 wilder; 0 takes the likeliest."),
        Parameter.integer(TOP_K, 0, 0, 1 << 20, "Draw from the K likeliest only; 0 for all."),
        Parameter.number(
            TOP_P,
            1,
            1e-6,
            1,
            "Draw from the likeliest that have the probability P together; 1 for all."));
  }
}
