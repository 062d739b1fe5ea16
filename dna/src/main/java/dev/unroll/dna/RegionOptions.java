package dev.unroll.dna;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Regions beside sequences. */
final class RegionOptions {
  @Option(
      names = "--regions",
      paramLabel = "FILE",
      description =
          "Regions of the sequences, as BED or GFF3; a sequence may be a stretch of what they lie"
              + " on, named chr:from-to.")
  private String file;

  @Option(
      names = "--types",
      paramLabel = "TYPE,…",
      split = ",",
      description = "The types of regions to read, such as CDS; without it, all.")
  private List<String> types;

  private Regions read;

  /** The strands of a file, with their regions if there are any beside them. */
  Corpus<Strand> read(DataFile data) {
    Corpus<Strand> strands = StrandReader.read(data.text(), data.format(StrandFormat.class));
    if (file == null) {
      if (types != null) {
        throw UserError.usage("--types are of --regions, which is missing; add it");
      }
      return strands;
    }
    read = read == null ? RegionReader.read(TextSource.of(file), wanted()) : read;
    return read.on(strands);
  }

  private Set<String> wanted() {
    return types == null ? Set.of() : new TreeSet<>(types);
  }
}
