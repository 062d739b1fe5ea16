package dev.unroll.translation;

import dev.unroll.data.JsonLine;
import dev.unroll.data.LineReader;

/** How sentences and their translations are written down. */
public enum PairFormat {
  /** {@code source<TAB>target}, one pair a line. */
  TSV {
    @Override
    SentencePair parse(LineReader lines, String line) {
      int tab = line.indexOf('\t');
      if (tab < 0 || line.indexOf('\t', tab + 1) >= 0) {
        long columns = 1 + line.chars().filter(c -> c == '\t').count();
        throw lines.error(
            "a pair is two columns, source<TAB>target; found %d; %s"
                .formatted(columns, columns > 2 ? "cut the others off" : "fix the line"));
      }
      return new SentencePair(line.substring(0, tab), line.substring(tab + 1));
    }
  },
  /** A JSON object with the keys {@code source} and {@code target}, one pair a line. */
  JSONL {
    @Override
    SentencePair parse(LineReader lines, String line) {
      JsonLine object = JsonLine.parse(lines, line, "source and target");
      return new SentencePair(object.string("source"), object.string("target"));
    }
  },
  /** Two files: line n of the second translates line n of the first. */
  PARALLEL {
    @Override
    SentencePair parse(LineReader lines, String line) {
      throw new IllegalStateException("a pair of two files is not on one line");
    }
  };

  /** The pair on a line; a {@link dev.unroll.data.UserError} at the reader's line if it is none. */
  abstract SentencePair parse(LineReader lines, String line);

  /** The format of a file that begins with this line. */
  static PairFormat of(LineReader lines, String firstLine) {
    if (firstLine.matches("\\s*\\{\\s*\".*")) {
      return JSONL;
    }
    if (firstLine.indexOf('\t') >= 0) {
      return TSV;
    }
    throw lines.error(
        "a line of pairs is source<TAB>target, or JSON with source and target; this is neither;"
            + " fix it, or give two parallel files with a comma between their names");
  }
}
