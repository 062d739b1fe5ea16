package dev.unroll.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The model file of a network, and in what numbers it is computed. */
public final class NetworkModelOptions extends ModelOptions {
  /** Where the layers look; they do not know the command line, nor it them. */
  private static final String PROPERTY = "unroll.precision";

  /** What can be asked for. */
  enum Precision {
    FLOAT,
    BFLOAT16,
    AUTO
  }

  @Option(
      names = "--precision",
      paramLabel = "float|bfloat16|auto",
      defaultValue = "float",
      description =
          "What the layers multiply in: bfloat16 is faster where the processor has it, and rounds"
              + " to 8 bits; auto takes it there (${DEFAULT-VALUE}).")
  void precision(Precision precision) {
    System.setProperty(PROPERTY, precision.name().toLowerCase(Locale.ROOT));
  }
}
