package dev.unroll.sound;

import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;

/** Files of sound that are not read here, told by their first bytes. */
enum FileKind {
  FLAC("FLAC", "fLaC", "ffmpeg -i IN.flac OUT.wav"),
  OGG("Ogg", "OggS", "ffmpeg -i IN.ogg OUT.wav"),
  MP3("MP3", "ID3", "ffmpeg -i IN.mp3 OUT.wav"),
  SPHERE("NIST SPHERE", "NIST_1A", "sph2pipe -f wav IN.sph OUT.wav"),
  MP4("MP4", "\0\0\0", "ffmpeg -i IN.m4a OUT.wav"),
  GZIP("gzip", "\u001f\u008b", "gunzip IN.wav.gz"),
  ZIP("zip", "PK", "unzip, or name a file within it: FILE.zip/NAME.wav");

  private static final int FRAME_SYNC = 0xE0;

  private final String title;
  private final String start;
  private final String command;

  FileKind(String title, String start, String command) {
    this.title = title;
    this.start = start;
    this.command = command;
  }

  /** Refuses what is no WAV file by what converts it. */
  static void refuseUnread(byte[] bytes, String name) {
    if (bytes.length == 0) {
      throw UserError.data(name, "empty file; record it again or leave it out");
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (FileKind kind : values()) {
      if (text.startsWith(kind.start)) {
        throw kind.refused(name);
      }
    }
    boolean frames =
        bytes.length > 1 && bytes[0] == (byte) 0xFF && (bytes[1] & FRAME_SYNC) == FRAME_SYNC;
    if (frames) {
      throw MP3.refused(name);
    }
  }

  private UserError refused(String name) {
    return UserError.data(name, "%s is not read; convert it: %s".formatted(title, command));
  }
}
