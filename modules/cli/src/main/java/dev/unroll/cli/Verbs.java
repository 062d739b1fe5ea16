package dev.unroll.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints the verbs of main classes, a line each. The launcher asks once for each build, so that its
 * help can name them without starting Java.
 */
public final class Verbs {
  private Verbs() {}

  /** Takes the names of the main classes. */
  public static void main(String... args) throws ReflectiveOperationException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String main : args) {
      var constructor = Class.forName(main).getDeclaredConstructor();
      constructor.setAccessible(true);
      out.println(String.join(", ", Cli.verbs(constructor.newInstance())));
    }
  }
}
