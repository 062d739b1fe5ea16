package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settings that replace defaults, each with the place where it was given. A later one replaces an
 * earlier one of the same key.
 *
 * <p>A file of overrides has one {@code key = value} a line; a key is the name of the option
 * without its dashes, {@code #} begins a comment line. It is read here rather than by {@code
 * java.util.Properties} because that forgets line numbers, keeps quiet about a key given twice, and
 * takes the backslashes out of a Windows path.
 */
public final class Overrides {
  private record Given(String value, String place) {}

  private final Set<String> keys;
  private final Map<String, Given> given = new LinkedHashMap<>();

  /**
   * No overrides yet.
   *
   * @param keys the keys that there are
   */
  Overrides(Collection<String> keys) {
    this.keys = Set.copyOf(keys);
  }

  /** The values by key. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    given.forEach((key, setting) -> values.put(key, setting.value));
    return values;
  }

  /**
   * The configuration of these settings.
   *
   * @param config makes it of the values by key, and checks them
   * @throws UserError if it refuses one; if that stands in a file, the error is one of data at its
   *     line
   */
  public <C> C apply(Function<Map<String, String>, C> config) {
    try {
      return config.apply(values());
    } catch (UserError refused) {
      throw refusal(config).orElse(refused);
    }
  }

  /** The first setting that is refused by itself, or else the first that is beside those before. */
  private Optional<UserError> refusal(Function<Map<String, String>, ?> config) {
    if (refusal(config, Map.of(), "").isPresent()) {
      return Optional.empty(); // whatever it is, it is none of these settings
    }
    for (Map.Entry<String, Given> setting : given.entrySet()) {
      String value = setting.getValue().value;
      Optional<UserError> error =
          refusal(config, Map.of(setting.getKey(), value), setting.getValue().place);
      if (error.isPresent()) {
        return error;
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Given> setting : given.entrySet()) {
      values.put(setting.getKey(), setting.getValue().value);
      Optional<UserError> error = refusal(config, values, setting.getValue().place);
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  private static Optional<UserError> refusal(
      Function<Map<String, String>, ?> config, Map<String, String> values, String place) {
    try {
      config.apply(values);
      return Optional.empty();
    } catch (UserError refused) {
      boolean inFile = !place.startsWith("--");
      return Optional.of(inFile ? UserError.data(place, refused.getMessage()) : refused);
    }
  }

  void put(String key, String value, String place) {
    given.remove(key); // so that the order is the order of validity
    given.put(key, new Given(value, place));
  }

  /**
   * Adds a setting of the line.
   *
   * @param option that it was given with
   * @param setting {@code key=value}
   * @param named the keys that were given so before, to which this one is added
   * @throws UserError if it is no setting, or its key is unknown or among {@code named}
   */
  void put(String option, String setting, Set<String> named) {
    int equals = setting.indexOf('=');
    String key = setting.substring(0, Math.max(0, equals)).strip();
    if (key.isEmpty()) {
      throw UserError.usage(option + " is written key=value, got '" + setting + "'");
    } else if (!keys.contains(key)) {
      throw UserError.usage("%s: %s".formatted(option, unknown(key)));
    } else if (!named.add(key)) {
      throw UserError.usage(option + " " + key + " is given twice; keep one");
    }
    put(key, setting.substring(equals + 1).strip(), option);
  }

  private String unknown(String key) {
    String nearest = Nearest.to(key, keys.stream().sorted().toList());
    return "unknown key '" + key + "'; the nearest that there is: " + nearest;
  }

  /**
   * Reads a file of overrides.
   *
   * @param name for messages
   * @throws UserError if a line is no setting, or its key is unknown or given twice
   */
  void read(String name, BufferedReader reader) throws IOException {
    Map<String, Integer> seen = new LinkedHashMap<>();
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      line = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw UserError.data(
            name, number, "a setting is written key = value, not '" + line.strip() + "'");
      }
      String key = line.substring(0, equals).strip();
      if (!keys.contains(key)) {
        throw UserError.data(name, number, unknown(key));
      }
      Integer earlier = seen.put(key, number);
      if (earlier != null) {
        throw UserError.data(
            name, number, "key '" + key + "' was already given in line " + earlier + "; keep one");
      }
      put(key, line.substring(equals + 1).strip(), name + ":" + number);
    }
  }
}
