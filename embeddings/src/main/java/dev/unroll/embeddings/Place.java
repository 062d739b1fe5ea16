package dev.unroll.embeddings;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a training stands, besides the weights: all that is random follows from the seed and these
 * numbers.
 *
 * @param epoch the one under way, from 0; the number of all epochs at the end
 * @param block which of it comes next, from 0
 * @param elapsed time that the training took until here, earlier runs included
 */
record Place(int epoch, int block, Duration elapsed) {
  static final Place BEGINNING = new Place(0, 0, Duration.ZERO);

  Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("epoch", String.valueOf(epoch));
    properties.put("block", String.valueOf(block));
    properties.put("milliseconds", String.valueOf(elapsed.toMillis()));
    return properties;
  }

  /**
   * The place that {@link #toProperties} wrote.
   *
   * @param epochs of the training
   * @param blocks of the text
   * @throws IOException if it is no place in such a training
   */
  static Place of(Map<String, String> properties, int epochs, int blocks) throws IOException {
    return new Place(
        (int) number(properties, "epoch", epochs - 1),
        (int) number(properties, "block", blocks - 1),
        Duration.ofMillis(number(properties, "milliseconds", Long.MAX_VALUE)));
  }

  private static long number(Map<String, String> properties, String key, long most)
      throws IOException {
    String text = properties.get(key);
    try {
      long value = Long.parseLong(String.valueOf(text));
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused like a number that is out of range.
    }
    throw new IOException(key + " must be from 0 to " + most + ", got " + text);
  }
}
