package dev.unroll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Versions as the build wrote them down, so that asking loads nothing. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      versions.load(in);
    }
    return new String[] {
      "unroll %s (Deeplearning4j %s, Java %s)"
          .formatted(
              versions.getProperty("unroll"),
              versions.getProperty("deeplearning4j"),
              Runtime.version())
    };
  }
}
