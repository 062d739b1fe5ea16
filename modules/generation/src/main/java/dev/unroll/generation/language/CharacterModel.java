package dev.unroll.generation.language;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.NextSymbol;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A trained language model of characters, for who searches texts and wants to know how likely each
 * is.
 *
 * <p>The model does not learn any more. Any number of threads may use it at the same time, each
 * with a {@link #next} of its own.
 */
public final class CharacterModel {
  private static final String TASK = "charlm";

  private final LanguageSettings settings;
  private final CharacterSymbols symbols;
  private final TrainedNetwork network;

  private CharacterModel(
      LanguageSettings settings, CharacterSymbols symbols, TrainedNetwork network) {
    this.settings = settings;
    this.symbols = symbols;
    this.network = network;
  }

  /**
   * Reads a model that {@code charlm} trained.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model, if
   *     its symbols are words, or if it reads in reverse
   */
  public static CharacterModel load(Path path) {
    return NetworkFile.load(path, TASK, CharacterModel::read);
  }

  private static CharacterModel read(NetworkFile file) throws IOException {
    LanguageSettings settings = file.config(LanguageSettings::with);
    if (!settings.level().equals("character") || settings.reverse()) {
      throw UserError.data(
          file.entries().name(),
          "reads %ss%s, and a search asks for characters from left to right; train one with %s character and without %s"
              .formatted(
                  settings.level(),
                  settings.reverse() ? " in reverse" : "",
                  setting("level"),
                  setting("reverse")));
    }
    CharacterSymbols symbols = settings.symbols(file);
    return new CharacterModel(settings, symbols, settings.network(file, symbols));
  }

  /**
   * Reads a model within another, as {@link #write} wrote it.
   *
   * @throws IOException if an entry ends early
   * @throws UserError as above
   */
  public static CharacterModel part(NetworkFile whole, String folder) throws IOException {
    return read(whole.part(folder));
  }

  /**
   * Writes all that a search needs into another model's file.
   *
   * @param folder what the names of the entries begin with, such as {@code language/}
   */
  public void write(ModelFileWriter file, String folder) {
    settings.write(file, folder, symbols, network);
  }

  /** The SHA-256 in hexadecimal of its settings, symbols and parameters. */
  public String digest() {
    Vocabulary vocabulary = symbols.vocabulary();
    StringBuilder text = new StringBuilder(settings.toString());
    for (int id = 0; id < vocabulary.size(); id++) {
      text.append('\n').append(vocabulary.word(id));
    }
    MessageDigest digest = Sha256.create();
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    float[] parameters = network.parameters();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters.length);
    bytes.asFloatBuffer().put(parameters);
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  /** Its symbols. */
  public CharacterSymbols symbols() {
    return symbols;
  }

  /** What comes next, by this model, for one thread. */
  public NextSymbol next() {
    return network.with(lent -> new NetworkSymbols(lent, symbols.size()));
  }
}
