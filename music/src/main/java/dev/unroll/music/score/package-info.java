/**
 * Music as all formats share it: notes in ticks, and what a page says beside them. No reader, no
 * network.
 */
package dev.unroll.music.score;
