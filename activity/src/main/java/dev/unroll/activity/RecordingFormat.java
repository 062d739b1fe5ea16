package dev.unroll.activity;

/** How recordings are written down. */
public enum RecordingFormat {
  /** The text format of sktime and aeon: a header, and a recording a line. */
  TS,
  /**
   * A table with a header: a step a line, the channels in columns of any name. A column {@code id}
   * parts the recordings; {@code label} and {@code subject} say what and who it was, {@code time}
   * when, in seconds. Without {@code id}, a recording ends where label or subject change.
   */
  CSV,
  /**
   * A folder with a sub-folder for each label, and in it a table for each recording; or a further
   * folder for each subject, and in that the tables.
   */
  FOLDERS
}
