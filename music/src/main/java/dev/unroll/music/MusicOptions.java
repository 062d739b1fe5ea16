package dev.unroll.music;

import picocli.CommandLine.Option;

/**
 * What only this task has to set. Values reach it through {@link dev.unroll.cli.ConfigOptions},
 * whose record checks them.
 */
final class MusicOptions {
  @Option(
      names = "--notation",
      paramLabel = "auto|roll|events|abc",
      description =
          "How music is written as symbols: which pitches sound step by step, which notes begin and"
              + " how long, or the characters of ABC.")
  private String notation;

  @Option(
      names = "--grid",
      paramLabel = "N",
      description =
          "Steps of a quarter note, of a piano-roll file too; 0 for 24 of events and 4 of rolls.")
  private Integer grid;

  @Option(
      names = "--condition",
      paramLabel = "none|key,metre,style",
      description = "What the model is told of a piece before it begins.")
  private String condition;

  @Option(
      names = "--transpose",
      paramLabel = "N",
      description = "In every epoch, move each piece by up to N semitones, up or down.")
  private Integer transpose;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Steps through which errors are carried back.")
  private Integer window;

  @Option(names = "--dimensions", paramLabel = "N", description = "Of a symbol's vector.")
  private Integer dimensions;

  @Option(
      names = "--tied",
      description = "Read and predict symbols with the same vectors, as large as the state.")
  private Boolean tied;

  @Option(
      names = "--baseline-order",
      paramLabel = "N",
      description = "Length of the n-grams of the model to compare with; 0 for none.")
  private Integer baselineOrder;
}
