package dev.unroll.data;

import java.time.Duration;

/**
 * What a training leaves behind, besides the network, which has the parameters of the best epoch.
 *
 * @param epochs epochs run
 * @param bestEpoch the one whose parameters were kept
 * @param history all of them
 * @param elapsed training time, earlier runs that were resumed included
 */
public record Outcome(int epochs, int bestEpoch, History history, Duration elapsed) {}
