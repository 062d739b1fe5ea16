package dev.unroll.dna;

import picocli.CommandLine.Option;

/** The settings of this task, beside those of all networks; see {@link DnaConfig}. */
final class DnaOptions {
  @Option(
      names = "--kmer",
      paramLabel = "K",
      description = "How many neighbouring bases are read as one symbol; 1 for nucleotides.")
  private Integer kmer;

  @Option(
      names = "--dimensions",
      paramLabel = "N",
      description = "Of the vector of a k-mer; nucleotides go in as they are.")
  private Integer dimensions;

  @Option(
      names = "--soft-mask",
      negatable = true,
      description = "Read too which bases are in lower case.")
  private Boolean softMask;

  @Option(
      names = "--filters",
      paramLabel = "N",
      description = "Filters of the convolution in front; 0 for none.")
  private Integer filters;

  @Option(names = "--filter-width", paramLabel = "N", description = "Bases that a filter sees.")
  private Integer filterWidth;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "How many bases the recurrent layers read as one step: for long sequences.")
  private Integer stride;

  @Option(
      names = "--input-dropout",
      paramLabel = "P",
      description = "Probability with which a value below the recurrent layers is dropped.")
  private Double inputDropout;

  @Option(
      names = "--mutation",
      paramLabel = "P",
      description = "Probability with which a base is replaced by a random one, in training.")
  private Double mutation;

  @Option(
      names = "--pooling",
      paramLabel = "max|mean|last|middle|max-mean|last-max-mean|middle-max-mean",
      description = "What the classifier sees of all steps.")
  private String pooling;

  @Option(
      names = "--anchor",
      paramLabel = "SHARE",
      description =
          "Where in a strand the base is that a pooling of the middle looks at: 0 the first, 1 the"
              + " last.")
  private Double anchor;

  @Option(
      names = "--output",
      paramLabel = "crf|hybrid|softmax",
      description = "What decides on the labels of bases.")
  private String output;

  @Option(
      names = "--codons",
      negatable = true,
      description =
          "Regions are made of codons, such as CDS: learn the place of a base in its own.")
  private Boolean codons;

  @Option(
      names = "--strands",
      paramLabel = "given|augment|average",
      description =
          "Read strands as given; learn from both; or answer too with the mean of both strands.")
  private String strands;

  @Option(
      names = "--window",
      paramLabel = "BASES",
      description = "Bases of a longer sequence that are learnt from, and answered, together.")
  private Integer window;

  @Option(
      names = "--context",
      paramLabel = "BASES",
      description = "Bases on either side that are read besides, where answers are given.")
  private Integer context;
}
