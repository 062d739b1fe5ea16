package dev.unroll.data;

import java.util.Map;

/**
 * Where a model came from: enough to make it again. It names no host, user, folder or time, so that
 * the same training makes the same bytes.
 *
 * @param unroll version of Unroll
 * @param deeplearning4j version of Deeplearning4j
 * @param seed of everything random
 * @param data SHA-256 of the files read, by what they served for
 * @param examples number of examples, by what they served for
 */
public record Provenance(
    String unroll,
    String deeplearning4j,
    long seed,
    Map<String, String> data,
    Map<String, Long> examples) {}
