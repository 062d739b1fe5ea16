package dev.unroll.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where a server listens, and to whom.
 *
 * @param bind the address to listen at
 * @param port 0 for any that is free
 * @param names by which it may be called, besides that address and those of this machine to itself
 * @param origins of pages of others that may call it
 * @param token that a client has to bring
 * @param keys for TLS
 * @param threads that compute; 0 for one for each processor
 * @param limits of what a request may take
 */
record ServerConfig(
    String bind,
    int port,
    Set<String> names,
    Set<String> origins,
    Optional<String> token,
    Optional<Keys> keys,
    int threads,
    Limits limits) {
  /**
   * A key store of Java, PKCS12 or JKS.
   *
   * @param password of the store and of the key
   */
  record Keys(Path file, String password) {}

  /** For this machine alone, on any port that is free. */
  static ServerConfig local() {
    return new ServerConfig(
        "127.0.0.1", 0, Set.of(), Set.of(), Optional.empty(), Optional.empty(), 0, Limits.usual());
  }

  ServerConfig withLimits(Limits other) {
    return new ServerConfig(bind, port, names, origins, token, keys, threads, other);
  }

  int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
