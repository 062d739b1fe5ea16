package dev.unroll.majority;

import dev.unroll.cli.DataFile;
import dev.unroll.data.Corpus;
import dev.unroll.data.LineReader;
import java.util.ArrayList;
import java.util.List;

/** Reads notes, one a line. */
final class NoteFiles {
  static final DataFile SAMPLE = DataFile.sample(NoteFiles.class, "train.tsv");

  private NoteFiles() {}

  static Corpus<Note> read(DataFile file) {
    List<Note> notes = new ArrayList<>();
    NoteFormat format = file.format(NoteFormat.class).orElse(NoteFormat.TSV);
    char separator = format == NoteFormat.TSV ? '\t' : ',';
    try (LineReader lines = file.text().open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        int end = line.indexOf(separator);
        if (end < 0) {
          throw lines.error("a note is a label and a text; add the label");
        }
        notes.add(new Note(line.substring(0, end), line.substring(end + 1)));
      }
      return new Corpus<>(notes, file.toString(), lines.digest(), format);
    }
  }

  /** What was recognised, in words. */
  static String describe(Corpus<Note> notes) {
    return notes.size() + " notes, read as " + notes.format();
  }
}
