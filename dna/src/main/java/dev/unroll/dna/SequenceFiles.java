package dev.unroll.dna;

import dev.unroll.cli.FormatOptions;
import dev.unroll.data.TextSource;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sequences to answer, which are read as they come. */
final class SequenceFiles {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Sequences to answer; without files, or for -, standard input.")
  private List<String> files;

  @Mixin private FormatOptions format;

  /** Opens one file after the other. */
  void forEach(Consumer<StrandStream> reader) {
    for (String file : files == null ? List.of(TextSource.STANDARD_INPUT) : files) {
      var data = format.at(file);
      try (StrandStream stream = StrandStream.open(data.text(), data.format(StrandFormat.class))) {
        reader.accept(stream);
      }
    }
  }
}
