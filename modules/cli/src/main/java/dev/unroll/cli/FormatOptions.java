package dev.unroll.cli;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Settings;
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

  /** Data at a place that an option named, written as these options say. */
  public DataFile at(String location) {
    return DataFile.at(location, this);
  }

  /**
   * The format that was named, or empty to recognise it.
   *
   * @param formats the formats of the task; {@code --format jsonl} names {@code JSONL}
   * @throws UserError if it has none of that name
   */
  <F extends Enum<F>> Optional<F> format(Class<F> formats) {
    return Optional.ofNullable(format)
        .map(name -> Settings.constant(setting("format"), name, formats.getEnumConstants()));
  }

  /** Refuses a format where there is no data that could be written in it. */
  void refuse() {
    if (format != null) {
      throw UserError.usage(
          "--format says how data is written, and none was given; add --train, or leave it out");
    }
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
          "--format can only be text here, which is read as it is; got " + format);
    }
    return charset.charset();
  }
}
