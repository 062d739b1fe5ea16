package dev.unroll.translation;

import picocli.CommandLine.Option;

/** How translations are searched for. */
final class SearchOptions {
  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Unfinished translations followed at once; 1 is greedy; default: 5, or as many as"
              + " --n-best.")
  private Integer beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "ALPHA",
      description = "0 prefers short translations, 1 compares by symbol; default: 1.")
  private Double lengthPenalty;

  @Option(
      names = "--coverage-penalty",
      paramLabel = "BETA",
      description = "Held against translations that pass over parts of the source; default: 0.")
  private Double coveragePenalty;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most symbols of a translation; 0, the default, follows its source.")
  private Integer maxLength;

  SearchConfig config() {
    return config(1, false);
  }

  SearchConfig config(int nBest, boolean alignments) {
    SearchConfig usual = SearchConfig.defaults();
    return new SearchConfig(
        beam == null ? Math.max(usual.beam(), nBest) : beam,
        lengthPenalty == null ? usual.lengthPenalty() : lengthPenalty,
        coveragePenalty == null ? usual.coveragePenalty() : coveragePenalty,
        nBest,
        alignments,
        maxLength == null ? usual.maxLength() : maxLength);
  }
}
