/** Standard MIDI files, read, written and played by the JDK's {@code javax.sound.midi}. */
package dev.unroll.music.midi;
