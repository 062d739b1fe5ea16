package dev.unroll.data;

import java.time.Duration;
import java.util.Map;

/**
 * What a training leaves behind, besides the network, which has the parameters of the best epoch.
 *
 * @param epochs epochs run
 * @param bestEpoch the one whose parameters were kept
 * @param history all of them
 * @param metrics on dev of the epoch that was kept, as {@link DevScore#metrics} has them; empty
 *     without a dev part
 * @param elapsed training time, earlier runs that were resumed included
 */
public record Outcome(
    int epochs, int bestEpoch, History history, Map<String, Double> metrics, Duration elapsed) {}
