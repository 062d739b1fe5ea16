package dev.unroll.music;

import dev.unroll.generation.SamplingConfig;
import picocli.CommandLine.Option;

/** How symbols are drawn. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Below 1 bolder towards the likely, above 1 wilder; 0 takes the likeliest; default:"
              + " ${DEFAULT-VALUE}.")
  private double temperature = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw from the K likeliest only; 0 for all.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw from the likeliest that have the probability P together; 1 for all.")
  private double topP = 1;

  SamplingConfig config() {
    return new SamplingConfig(temperature, topK, topP);
  }
}
