package dev.unroll.cli;

import dev.unroll.data.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "unroll %s (Deeplearning4j %s, Java %s)"
          .formatted(Version.current(), Version.deeplearning4j(), Runtime.version())
    };
  }
}
