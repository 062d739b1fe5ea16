package dev.unroll.serving;

import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the {@link Parameter parameters} of a call, all of them. Calls with equal arguments
 * can be answered together. Who asks for a value by a name or as a type that the parameter does not
 * have has made a mistake, and meets an {@code IllegalArgumentException} or a {@code
 * ClassCastException}.
 *
 * @param values by name, of the classes that {@link Parameter.Type} says
 */
public record Arguments(Map<String, Object> values) {
  /** Copies the values. */
  public Arguments {
    values = Map.copyOf(values);
  }

  /** The values without anything given. */
  public static Arguments usual(List<Parameter> parameters) {
    return read(parameters, Map.of());
  }

  /**
   * The values given, and the usual ones for the others.
   *
   * @param given by name; names that are no parameter's are left alone
   * @throws UserError if a parameter cannot have the value that is given
   */
  public static Arguments read(List<Parameter> parameters, Map<String, JsonElement> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      JsonElement value = given.get(parameter.name());
      values.put(parameter.name(), value == null ? parameter.usual() : parameter.read(value));
    }
    return new Arguments(values);
  }

  /** The value of a parameter of type {@code INTEGER}. */
  public int integer(String name) {
    return (Integer) value(name);
  }

  /** The value of a parameter of type {@code NUMBER}. */
  public double number(String name) {
    return (Double) value(name);
  }

  /** The value of a parameter of type {@code BOOLEAN}. */
  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  /** The value of a parameter of type {@code STRING}. */
  public String string(String name) {
    return (String) value(name);
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the verb has no parameter " + name);
    }
    return value;
  }
}
