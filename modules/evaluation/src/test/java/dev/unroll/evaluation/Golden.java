package dev.unroll.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;

/** Numbers that another program made and that lie beside the tests. */
final class Golden {
  private final Properties properties = new Properties();

  Golden(String name) {
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String key) {
    return properties.containsKey(key);
  }

  String text(String key) {
    return properties.getProperty(key);
  }

  double number(String key) {
    return Double.parseDouble(text(key));
  }

  double[] numbers(String key) {
    return Arrays.stream(text(key).split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
