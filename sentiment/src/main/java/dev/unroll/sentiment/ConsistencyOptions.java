package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How alike the answers for texts that are nearly alike are to be, and on which texts. */
final class ConsistencyOptions {
  @Option(
      names = "--adversarial",
      paramLabel = "NORM",
      description =
          "Learn each text with its word vectors moved so far, too, in the direction in which the loss"
              + " rises most; in norms of a word's vector; 0 for not.")
  private Double adversarial;

  @Option(
      names = "--virtual-adversarial",
      paramLabel = "NORM",
      description =
          "Keep the answers for texts without labels as they are when their word vectors are moved so"
              + " far in the direction in which the answer changes most; needs --unlabelled.")
  private Double virtualAdversarial;

  @Option(
      names = "--unlabelled",
      paramLabel = "PATH",
      description =
          "Texts for --virtual-adversarial beside the training texts, one a line or as for --train,"
              + " whose labels are passed over; may be given again.")
  private List<String> files = List.of();

  /** The texts of all files; empty if there are no files. */
  Optional<Corpus<Review>> unlabelled() {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Corpus.concat(files.stream().map(TextSource::of).map(UnlabelledReader::read).toList()));
  }
}
