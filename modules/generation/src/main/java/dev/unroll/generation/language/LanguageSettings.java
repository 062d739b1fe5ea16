package dev.unroll.generation.language;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of the settings of a language model in its file, those on which its reading depends.
 *
 * @param network the recurrent layers, in one direction
 * @param dimensions of a symbol's vector
 * @param tied whether symbols are read and predicted with the same vectors
 * @param level what a symbol is: {@code character} or {@code word}
 * @param ending where texts end: {@code document} or {@code line}
 * @param reverse whether it reads from the end of a text to its beginning
 * @param adaptiveSoftmax {@code none}, or where the tails of its output begin
 */
record LanguageSettings(
    NetworkConfig network,
    int dimensions,
    boolean tied,
    String level,
    String ending,
    boolean reverse,
    String adaptiveSoftmax) {
  private static final String NONE = "none";
  private static final String VOCABULARY = "vocabulary.txt";

  LanguageSettings {
    if (!adaptiveSoftmax.matches(NONE + "|\\d{1,9}(,\\d{1,9})*")
        || tied && !adaptiveSoftmax.equals(NONE)) {
      throw UserError.usage(
          "adaptive-softmax must be none or where tails begin, and not tied, got '"
              + adaptiveSoftmax
              + "'");
    }
    NetworkConfig.atLeast("dimensions", dimensions, 1);
    if (network.bidirectional()) {
      throw UserError.usage("bidirectional must be false in a language model");
    }
  }

  static LanguageSettings with(Map<String, String> all) {
    NetworkConfig network = new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 1, false, 0);
    LanguageSettings plain =
        new LanguageSettings(network, 1, false, "character", "document", false, NONE);
    Map<String, String> known = new TreeMap<>(all);
    known.keySet().retainAll(Settings.toMap(plain).keySet());
    return Settings.with(plain, known);
  }

  LanguageNetwork languageNetwork() {
    return new LanguageNetwork(network, dimensions, tied, 0, 1, 1, cutoffs());
  }

  /** Where the tails begin, ascending; none for a full softmax. */
  List<Integer> cutoffs() {
    return adaptiveSoftmax.equals(NONE)
        ? List.of()
        : Arrays.stream(adaptiveSoftmax.split(",")).map(Integer::valueOf).toList();
  }

  /** The symbols of the model of characters that a file holds. */
  CharacterSymbols symbols(NetworkFile file) {
    return new CharacterSymbols(
        Vocabulary.read(file.entries().lines(VOCABULARY)), ending.equals("line"));
  }

  /** The network of the model of characters that a file holds. */
  TrainedNetwork network(NetworkFile file, CharacterSymbols symbols) throws IOException {
    return file.network(
        () -> languageNetwork().configuration(symbols.size()), network, dimensions, symbols.size());
  }

  /** Writes a model of characters into a folder of another model's file. */
  void write(
      ModelFileWriter file, String folder, CharacterSymbols symbols, TrainedNetwork trained) {
    NetworkFile.part(file, folder, new TreeMap<>(Settings.toMap(this)), trained);
    file.text(folder + VOCABULARY, symbols.vocabulary()::write);
  }
}
