package dev.unroll.cli;

import dev.unroll.data.OneLine;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Failures {
  private final PrintStream err;
  private final boolean verbose;

  Failures(PrintStream err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /**
   * Reports a failure.
   *
   * @param where the command that failed, or null if none was found yet
   * @return the exit code
   */
  int report(Throwable failure, CommandLine where) {
    if (failure instanceof ResultStream.Closed) {
      return ExitCode.DONE; // "| head" has what it wanted
    }
    if (failure instanceof TrainingStopped stopped) {
      String remedy = stopped.checkpoint().map(path -> "; go on with --resume").orElse("");
      err.println(OneLine.of(stopped.getMessage() + remedy));
      return ExitCode.INTERRUPTED;
    }
    Line line = describe(failure, where);
    err.println("error: " + OneLine.of(line.text));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return line.code;
  }

  /** An exit code, and the line that tells why. */
  record Line(int code, String text) {}

  /** How {@code failure} is told to who called {@code where}. */
  static Line describe(Throwable failure, CommandLine where) {
    if (failure instanceof ParameterException usage) {
      return new Line(ExitCode.USAGE, usage(usage));
    } else if (failure instanceof UserError error) {
      return new Line(ExitCode.of(error.kind()), text(error, where));
    } else if (failure instanceof UncheckedIOException io) {
      return new Line(ExitCode.FAILED, file(io.getCause()));
    } else if (failure instanceof IOException io) {
      return new Line(ExitCode.FAILED, file(io));
    }
    // Deeplearning4j wraps what happens within a network.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError memory) {
        return new Line(ExitCode.FAILED, memory(memory));
      }
    }
    String verb = where == null ? "the command" : where.getCommandSpec().qualifiedName(" ");
    String hint = " (an error of the program; --verbose shows where)";
    return new Line(ExitCode.FAILED, verb + " failed: " + joined(failure.toString()) + hint);
  }

  /** What {@code error} says to who called {@code where}. */
  static String text(UserError error, CommandLine where) {
    return error.message(name -> option(name, where));
  }

  /** A setting that only files of settings know keeps its name. */
  private static String option(String setting, CommandLine where) {
    String option = "--" + setting;
    return where == null || where.getCommandSpec().findOption(option) != null ? option : setting;
  }

  private static String usage(ParameterException failure) {
    // picocli begins some of its messages so.
    String message = joined(failure.getMessage()).replaceFirst("^Error: ", "");
    StringBuilder text = new StringBuilder(message);
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        text.append("; did you mean ").append(String.join(" or ", near)).append('?');
      }
    }
    String command = failure.getCommandLine().getCommandSpec().qualifiedName(" ");
    return text.append(" (see ").append(command).append(" --help)").toString();
  }

  /** A message that was made as several lines; a break within a name is none of these. */
  private static String joined(String lines) {
    return lines
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** A {@code FileSystemException} may say nothing but the path. */
  private static String file(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    } else if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    } else if (failure instanceof FileSystemException || failure instanceof FileNotFoundException) {
      return failure.getMessage();
    }
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private static String memory(OutOfMemoryError failure) {
    return "out of memory (%s; the heap may take %d MB): allow more with UNROLL_JAVA_OPTS=-Xmx8g"
            .formatted(failure.getMessage(), Runtime.getRuntime().maxMemory() >> 20)
        + ", or train with a smaller --batch or --hidden";
  }
}
