package dev.unroll.dna;

import dev.unroll.data.LineReader;

/**
 * Reads {@link StrandFormat#FASTQ}. Bases and qualities may be broken into lines (P. Cock et al.,
 * <i>The Sanger FASTQ file format</i>, Nucleic Acids Research 38, 2010): the qualities end when
 * there are as many as bases, for {@code @} is one of them.
 */
record FastqReader(LineReader lines) implements StrandStream {
  @Override
  public Strand next() {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line == null ? null : strand(line);
  }

  private Strand strand(String header) {
    String[] words = header.strip().split("\\s+", 3);
    if (!header.startsWith("@") || words[0].length() == 1) {
      throw lines.error("a read of a FASTQ file begins with @ and a name; mend the line");
    }
    StringBuilder bases = new StringBuilder();
    String line = lines.next();
    while (line != null && !line.startsWith("+")) {
      bases.append(StrandLines.checked(lines, line.strip()));
      line = lines.next();
    }
    if (line == null) {
      throw lines.error("the read " + words[0] + " has no line + behind its bases; add it");
    }
    long qualities = 0;
    while (qualities < bases.length()) {
      line = lines.next();
      if (line == null) {
        throw lines.error(
            "the read %s has %d bases and %d qualities; it has one for each"
                .formatted(words[0], bases.length(), qualities));
      }
      qualities += line.strip().length();
    }
    if (qualities > bases.length()) {
      throw lines.error(
          "the read %s has %d bases and %d qualities; it has one for each"
              .formatted(words[0], bases.length(), qualities));
    }
    if (bases.isEmpty() && lines.peek() != null && lines.peek().isBlank()) {
      lines.next();
    }
    return new Strand(
        words[0].substring(1),
        Bases.of(bases.toString()),
        words.length > 1 && !words[1].isBlank() ? words[1] : null,
        null);
  }

  @Override
  public StrandFormat format() {
    return StrandFormat.FASTQ;
  }

  @Override
  public String digest() {
    return lines.digest();
  }

  @Override
  public void close() {
    lines.close();
  }
}
