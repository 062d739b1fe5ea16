package dev.unroll.majority;

/** How notes are written down. */
enum NoteFormat {
  /** {@code label<TAB>text}. */
  TSV,
  /** {@code label,text}. */
  CSV
}
