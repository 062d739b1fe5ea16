package dev.unroll.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How data files are written. */
public final class FormatOptions {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "The format of the data; without it, recognised by content.")
  private String format;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      converter = CharsetConverter.class,
      description = "The character set of text; without it UTF-8.")
  private Charset charset = StandardCharsets.UTF_8;

  /** The name of a format, or empty to recognise it; the task knows the names. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** The character set of text. */
  public Charset charset() {
    return charset;
  }

  private static final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "must be a character set such as UTF-8 or ISO-8859-1, not '" + name + "'");
      }
    }
  }
}
