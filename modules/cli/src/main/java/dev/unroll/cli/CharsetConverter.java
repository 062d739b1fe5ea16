package dev.unroll.cli;

import dev.unroll.text.TextSource;
import dev.unroll.text.UserError;
import java.nio.charset.Charset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --charset}. */
public final class CharsetConverter implements ITypeConverter<Charset> {
  @Override
  public Charset convert(String name) {
    try {
      return TextSource.charset(name);
    } catch (UserError e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
