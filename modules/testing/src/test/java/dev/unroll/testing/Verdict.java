package dev.unroll.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Runs the tests of a contract by hand, and tells which of them fail. */
final class Verdict {
  private Verdict() {}

  static Set<String> failures(Class<?> contract, Object tests) {
    Set<String> failures = new TreeSet<>();
    for (Method method : contract.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class) && !passes(method, tests)) {
        failures.add(method.getName());
      }
    }
    return failures;
  }

  private static boolean passes(Method method, Object tests) {
    try {
      method.setAccessible(true);
      method.invoke(tests);
      return true;
    } catch (InvocationTargetException e) {
      return e.getCause() instanceof TestAbortedException;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
