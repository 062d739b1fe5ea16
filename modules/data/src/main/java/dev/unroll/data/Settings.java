package dev.unroll.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Carries a configuration record to properties and back. A component {@code learningRate} is the
 * key {@code learning-rate}, the same word as the option on the command line; a component that is
 * itself a record contributes its own keys, so that tasks share groups of settings. What a value
 * may be is decided by the compact constructor of the record that holds it.
 */
public final class Settings {
  private Settings() {}

  /** The keys and values of {@code config}, in the order of its components. */
  public static Map<String, String> toMap(Record config) {
    Map<String, String> map = new LinkedHashMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      Object value = get(config, component);
      if (value instanceof Record nested) {
        map.putAll(toMap(nested));
      } else {
        map.put(key(component.getName()), text(value));
      }
    }
    return map;
  }

  /**
   * {@code defaults} with some values replaced.
   *
   * @param overrides by key; every key must be known
   * @throws UserError if a key is unknown, or a value cannot be read or is refused by the record
   */
  public static <R extends Record> R with(R defaults, Map<String, String> overrides) {
    var known = toMap(defaults).keySet();
    for (String key : overrides.keySet()) {
      if (!known.contains(key)) {
        throw UserError.usage(
            "unknown setting '" + key + "'; there are " + String.join(", ", known));
      }
    }
    return rebuild(defaults, overrides);
  }

  private static <R extends Record> R rebuild(R defaults, Map<String, String> overrides) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object value = get(defaults, components[i]);
      String key = key(components[i].getName());
      if (value instanceof Record nested) {
        values[i] = rebuild(nested, overrides);
      } else {
        values[i] =
            overrides.containsKey(key)
                ? parse(key, overrides.get(key).strip(), components[i].getType())
                : value;
      }
    }
    return construct(defaults, components, values);
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R construct(
      R defaults, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(Record config, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(String key, String text, Class<?> type) {
    try {
      if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == long.class) {
        return Long.parseLong(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == String.class) {
        return text;
      } else if (type == boolean.class) {
        return switch (text.toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("true or false");
        };
      }
    } catch (NumberFormatException e) {
      String wanted = type == double.class ? "a number" : "a whole number";
      throw UserError.usage(key + " must be " + wanted + ", got '" + text + "'");
    } catch (IllegalArgumentException e) {
      throw UserError.usage(key + " must be " + e.getMessage() + ", got '" + text + "'");
    }
    return constant(key, text, type.getEnumConstants());
  }

  /**
   * The constant of that name, upper or lower case: {@code MAX_MEAN} is called {@code max-mean}.
   *
   * @param key what the name is given for, as messages call it
   * @param constants those there are
   * @throws UserError if none is called so
   */
  public static <T> T constant(String key, String name, T[] constants) {
    for (T constant : constants) {
      if (text(constant).equalsIgnoreCase(name)) {
        return constant;
      }
    }
    String names = Arrays.stream(constants).map(Settings::text).collect(Collectors.joining(", "));
    throw UserError.usage(key + " must be one of " + names + ", got '" + name + "'");
  }

  /** A value as it stands in a file of settings; constants by their names. */
  static String text(Object value) {
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : String.valueOf(value);
  }

  private static String key(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
