package dev.unroll.speech;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How utterances are read. */
final class UtteranceOptions {
  @Option(
      names = "--name-rule",
      paramLabel = "RULE",
      description =
          "How the names of recordings in a folder or zip file tell what is said, such as"
              + " {text}_{speaker}_{}.")
  private String nameRule;

  Corpus<Utterance> read(DataFile file) {
    Optional<NameRule> names = Optional.ofNullable(nameRule).map(NameRule::of);
    return new UtteranceReader(file.format(UtteranceFormat.class), names).read(file.text());
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Utterance> utterances) {
    long speakers =
        utterances.examples().stream()
            .map(Utterance::speaker)
            .filter(Objects::nonNull)
            .distinct()
            .count();
    return String.format(
        Locale.ROOT,
        "%,d utterances, %s, read as %s",
        utterances.size(),
        speakers == 0 ? "speakers unknown" : speakers + " speakers",
        utterances.format());
  }
}
