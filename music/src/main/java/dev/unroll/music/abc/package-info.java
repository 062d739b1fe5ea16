/**
 * ABC, a notation of music as text (standard 2.1), as far as collections of tunes use it: read
 * strictly, played with its repeats, and written.
 */
package dev.unroll.music.abc;
