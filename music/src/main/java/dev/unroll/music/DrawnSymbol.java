package dev.unroll.music;

/**
 * A symbol of a piece while it is drawn. The piece may still be refused, and another be drawn.
 *
 * @param draw which piece it is of, from 1
 * @param at where it stands: behind so many characters of ABC, or else behind so many quarter
 *     notes. A bar that is drawn again goes back in ABC
 * @param text what it adds to a piece in ABC; empty in other notations
 * @param pitch of a note, as MIDI counts; -1 for what is no note, and in ABC
 */
public record DrawnSymbol(int draw, double at, String text, int pitch) {}
