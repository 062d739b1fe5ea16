package dev.unroll.generation.language;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.training.Batches;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.RecurrentStack;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained language model of characters, and what it has in mind after each word of a sentence:
 * the hidden state of its last recurrent layer (A. Akbik, D. Blythe, R. Vollgraf, <i>Contextual
 * String Embeddings for Sequence Labeling</i>, COLING 2018, section 2.2).
 *
 * <pre>{@code
 * CharacterStates model = CharacterStates.load(Path.of("forward.zip"));
 * float[][][] states = model.of(List.of(List.of("Ada", "met", "Bo")));   // [1][3][model.width()]
 * }</pre>
 *
 * <p>The model begins in the zero state and reads a line end; then the words with a space behind
 * each, in its own direction. A word's state is that after the space behind it: of a forward model,
 * which has then read the sentence from its beginning to the end of the word; of one that was
 * trained to read in reverse, which has read it from its end to the word's beginning. Characters
 * that it does not know are its unknown symbol.
 *
 * <p>The model does not learn any more. Any number of threads may use it at the same time. The
 * states of a sentence depend on nothing but the sentence, to within rounding: libraries add up the
 * products of other numbers of rows in another order.
 */
public final class CharacterStates {
  private static final String TASK = "charlm";
  private static final int BATCH = 64;
  private static final int TOKENS = 1 << 14;

  private final String name;
  private final String sha256;
  private final LanguageSettings settings;
  private final CharacterSymbols symbols;
  private final TrainedNetwork network;

  /** Receives the states of a batch of sentences, from several threads, each state once. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Receives a state.
     *
     * @param sentence its place among those that were asked about
     * @param word its place in the sentence
     * @param state {@code [width]}; will be used again for the next
     */
    void state(int sentence, int word, float[] state);
  }

  private CharacterStates(
      String name,
      String sha256,
      LanguageSettings settings,
      CharacterSymbols symbols,
      TrainedNetwork network) {
    this.name = name;
    this.sha256 = sha256;
    this.settings = settings;
    this.symbols = symbols;
    this.network = network;
  }

  /**
   * Reads a model that {@code charlm} trained.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model, or
   *     if its symbols are words
   */
  public static CharacterStates load(Path path) {
    return NetworkFile.load(
        path, TASK, file -> read(file, path.getFileName().toString(), Sha256.of(path)));
  }

  /**
   * Reads a model within another, as {@link #write} wrote it.
   *
   * @param name of the file that it came from
   * @param sha256 of that file
   * @throws IOException if an entry ends early
   * @throws UserError as above
   */
  public static CharacterStates part(NetworkFile whole, String folder, String name, String sha256)
      throws IOException {
    return read(whole.part(folder), name, sha256);
  }

  private static CharacterStates read(NetworkFile file, String name, String sha256)
      throws IOException {
    LanguageSettings settings = file.config(LanguageSettings::with);
    if (!settings.level().equals("character")) {
      throw UserError.data(
          file.entries().name(),
          "reads %ss, and only models of characters have a state after a word's last; train one with %s character"
              .formatted(settings.level(), setting("level")));
    }
    CharacterSymbols symbols = settings.symbols(file);
    return new CharacterStates(name, sha256, settings, symbols, settings.network(file, symbols));
  }

  /**
   * Writes all that reading needs into another model's file; what only {@code charlm} uses, such as
   * the n-grams that it compares with, stays out.
   *
   * @param folder what the names of the entries begin with, such as {@code forward/}
   */
  public void write(ModelFileWriter file, String folder) {
    settings.write(file, folder, symbols, network);
  }

  /** The states of each sentence, {@code [sentence][word][width]}. */
  public float[][][] of(List<List<String>> sentences) {
    float[][][] states =
        sentences.stream().map(sentence -> new float[sentence.size()][]).toArray(float[][][]::new);
    read(sentences, (sentence, word, state) -> states[sentence][word] = state.clone());
    return states;
  }

  /** Reads sentences, those of about one length together, and hands each state to somebody. */
  public void read(List<List<String>> sentences, Receiver receiver) {
    List<SpacedText> texts =
        sentences.stream().map(words -> SpacedText.of(words, symbols, settings.reverse())).toList();
    int[] lengths = texts.stream().mapToInt(SpacedText::length).toArray();
    List<List<Integer>> batches = Batches.byLength(lengths, BATCH, TOKENS);
    network.forEach(
        batches.size(),
        (lent, b) -> {
          List<Integer> positions = batches.get(b);
          List<SpacedText> batch = new ArrayList<>(positions.size());
          positions.forEach(position -> batch.add(texts.get(position)));
          new StateReader(lent, RecurrentStack.name(settings.network().layers()), width())
              .read(batch, (text, word, state) -> receiver.state(positions.get(text), word, state));
        });
  }

  /** About how many bytes {@link #write} takes. */
  public long bytes() {
    return Float.BYTES * network.size();
  }

  /** The number of values of a state. */
  public int width() {
    return settings.network().hidden();
  }

  /** Whether the model reads sentences from their end. */
  public boolean reverse() {
    return settings.reverse();
  }

  /** The name of the file that the model came from, without its folder. */
  public String name() {
    return name;
  }

  /** The digest of that file. */
  public String sha256() {
    return sha256;
  }

  /** What it is in a few words. */
  @Override
  public String toString() {
    return "%s, states of %d, read %s"
        .formatted(name, width(), reverse() ? "in reverse" : "forward");
  }
}
