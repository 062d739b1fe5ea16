package dev.unroll.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints the verbs of a main class on a line. The launcher asks once for each build, so that its
 * help can name them without starting Java.
 */
public final class Verbs {
  private Verbs() {}

  /** Takes the name of the main class. */
  public static void main(String... args) throws ReflectiveOperationException {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(String.join(", ", Cli.verbs(constructor.newInstance())));
  }
}
