package dev.unroll.dna;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads strands in any {@link StrandFormat}, which it recognises by the first letter, whole into
 * memory: a byte a base. Whatever is wrong is a {@link UserError} at its line.
 */
public final class StrandReader {
  private StrandReader() {}

  /** Reads a file. */
  public static Corpus<Strand> read(Path path) {
    return read(TextSource.of(path), Optional.empty());
  }

  /**
   * Reads a file or standard input.
   *
   * @param format empty to recognise it
   */
  public static Corpus<Strand> read(TextSource source, Optional<StrandFormat> format) {
    try (StrandStream stream = StrandStream.open(source, format)) {
      List<Strand> strands = new ArrayList<>();
      for (Strand strand = stream.next(); strand != null; strand = stream.next()) {
        strands.add(strand);
      }
      if (strands.isEmpty()) {
        throw UserError.data(source, "no sequences in it; add some");
      }
      return new Corpus<>(strands, source.name(), stream.digest(), stream.format());
    }
  }
}
