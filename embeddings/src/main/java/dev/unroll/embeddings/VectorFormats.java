package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.text.WordVectorsWriter;
import java.nio.file.Path;
import java.util.Optional;

/** The names of vector formats on the command line. */
final class VectorFormats {
  private VectorFormats() {}

  /** The format of that name, or the one that the file's name asks for. */
  static WordVectorsWriter.Format named(Optional<String> name, Path file) {
    if (name.isEmpty()) {
      return WordVectorsWriter.Format.of(file);
    }
    return switch (name.get()) {
      case "text" -> WordVectorsWriter.Format.TEXT;
      case "binary" -> WordVectorsWriter.Format.BINARY;
      case "glove" -> WordVectorsWriter.Format.GLOVE;
      default ->
          throw UserError.usage(
              setting("output-format")
                  + " must be text, binary or glove (convert: or projector), got "
                  + name.get());
    };
  }
}
