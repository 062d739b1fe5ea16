package dev.unroll.activity;

import picocli.CommandLine.Option;

/** The settings of this task, beside those of all networks; see {@link ActivityConfig}. */
final class ActivityOptions {
  @Option(
      names = "--skeleton",
      paramLabel = "NAME|FILE",
      description =
          "The figure that the channels are joints of: kinect-20, figure-11, a file, none.")
  private String skeleton;

  @Option(
      names = "--stack",
      paramLabel = "N",
      description = "How many steps the network reads as one: for long recordings.")
  private Integer stack;

  @Option(
      names = "--deltas",
      paramLabel = "N",
      description = "Steps on either side for the slope that is read beside a channel; 0 for none.")
  private Integer deltas;

  @Option(
      names = "--pooling",
      paramLabel = "max|mean|last|max-mean|last-max-mean",
      description = "What the classifier sees of all steps.")
  private String pooling;

  @Option(
      names = "--input-dropout",
      paramLabel = "P",
      description = "Probability with which a value of a step is dropped while training.")
  private Double inputDropout;

  @Option(
      names = "--bone-lengths",
      paramLabel = "X",
      description = "Bones of the figure up to e^X times as long or short, anew in every epoch.")
  private Double boneLengths;

  @Option(
      names = "--tempo",
      paramLabel = "X",
      description = "Trained on up to e^X times as fast or slow, anew in every epoch.")
  private Double tempo;

  @Option(
      names = "--time-warp",
      paramLabel = "X",
      description = "The same piece by piece, at the same length.")
  private Double timeWarp;

  @Option(
      names = "--gain",
      paramLabel = "X",
      description = "Deviation of a factor around 1 for each channel, in training.")
  private Double gain;

  @Option(
      names = "--offset",
      paramLabel = "X",
      description = "Deviation of what is added to each channel, in its own, in training.")
  private Double offset;

  @Option(
      names = "--jitter",
      paramLabel = "X",
      description = "Deviation of what is added to each value, in the channel's, in training.")
  private Double jitter;

  @Option(
      names = "--channel-dropout",
      paramLabel = "P",
      description = "Probability with which a channel is hidden, in training.")
  private Double channelDropout;

  @Option(
      names = "--crop",
      paramLabel = "SHARE",
      description = "Largest share of the steps that is cut off the ends, in training.")
  private Double crop;
}
