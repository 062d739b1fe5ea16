package dev.unroll.cli;

import dev.unroll.data.UserError;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How data files are written. */
public final class FormatOptions {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "The format of the data; without it, recognised by content.")
  private String format;

  @Mixin private CharsetOptions charset;

  /** The name of a format, or empty to recognise it; the task knows the names. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** The character set of text. */
  public Charset charset() {
    return charset.charset();
  }

  /**
   * The character set, for a task that reads plain text and nothing else.
   *
   * @throws UserError if another format was named
   */
  public Charset plainText() {
    if (format != null && !format.equals("text")) {
      throw UserError.usage(
          "--format can only be text here, which is read as it is; was " + format);
    }
    return charset.charset();
  }
}
