package dev.unroll.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command and verb understands; {@link Cli} adds it. */
@Command(versionProvider = Versions.class)
final class StandardOptions {
  static final String VERBOSE = "--verbose";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the versions.")
  boolean version;

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show what the libraries log, and the stack trace of an error.")
  boolean verbose;
}
