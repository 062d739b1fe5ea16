package dev.unroll.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Unroll, as the build wrote it down. */
public final class Version {
  private static final Properties VERSIONS = load();

  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String current() {
    return VERSIONS.getProperty("unroll");
  }

  /** The version of Deeplearning4j that it is built on, such as {@code 1.0.0-M2.1}. */
  public static String deeplearning4j() {
    return VERSIONS.getProperty("deeplearning4j");
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
