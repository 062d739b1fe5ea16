package dev.unroll.server;

import java.time.Duration;

/**
 * What a request may take.
 *
 * @param bytes of a body
 * @param characters of all texts of a request, Unicode code points
 * @param items of a request
 * @param body longest time in which a body has to arrive, and a head likewise
 * @param answer longest time from the arrival of a request until work on it begins, and for a text
 *     that is written piece by piece, until it ends
 * @param queue items that wait for a worker; what does not fit is refused at once
 * @param batch most items answered together
 * @param connections open at once
 * @param idle how long a connection may be silent while nothing is worked on for it
 */
record Limits(
    int bytes,
    int characters,
    int items,
    Duration body,
    Duration answer,
    int queue,
    int batch,
    int connections,
    Duration idle) {
  static Limits usual() {
    return new Limits(
        4 << 20,
        100_000,
        256,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1024,
        64,
        4096,
        Duration.ofSeconds(30));
  }
}
