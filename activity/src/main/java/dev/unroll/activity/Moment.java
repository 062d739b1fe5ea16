package dev.unroll.activity;

/**
 * What a model takes a recording for when part of it was seen.
 *
 * @param steps how many of its steps were seen
 * @param answer by these
 */
public record Moment(int steps, Recognised answer) {}
