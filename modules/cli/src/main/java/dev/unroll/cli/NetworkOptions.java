package dev.unroll.cli;

import picocli.CommandLine.Option;

/**
 * The network, the same for every task. What a value may be is decided by the configuration record
 * that {@link ConfigOptions} fills, so that a properties file and a library user meet the same
 * rule.
 */
public final class NetworkOptions {
  @Option(
      names = "--cell",
      paramLabel = "lstm|gru|gru-reset-after|rnn",
      description =
          "The recurrent layer: long short-term memory, gated recurrent unit (as published, or as"
              + " PyTorch and cuDNN have it, which a GPU computes) or simple.")
  private String cell;

  @Option(names = "--layers", paramLabel = "N", description = "Stacked recurrent layers.")
  private Integer layers;

  @Option(names = "--hidden", paramLabel = "N", description = "Units of a layer and direction.")
  private Integer hidden;

  @Option(
      names = "--bidirectional",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether each layer also reads backwards.")
  private Boolean bidirectional;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Probability with which a value is dropped while training, from 0 to below 1.")
  private Double dropout;
}
