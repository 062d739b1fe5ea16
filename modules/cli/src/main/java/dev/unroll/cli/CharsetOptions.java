package dev.unroll.cli;

import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The character set that text is in. */
public final class CharsetOptions {
  @Option(
      names = "--charset",
      paramLabel = "NAME",
      converter = CharsetConverter.class,
      description = "The character set of text; without it UTF-8.")
  private Charset charset = StandardCharsets.UTF_8;

  /** The character set of text. */
  public Charset charset() {
    return charset;
  }

  private static final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String name) {
      try {
        return TextSource.charset(name);
      } catch (UserError e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
