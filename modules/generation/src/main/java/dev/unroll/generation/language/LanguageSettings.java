package dev.unroll.generation.language;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
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
 */
record LanguageSettings(
    NetworkConfig network,
    int dimensions,
    boolean tied,
    String level,
    String ending,
    boolean reverse) {
  LanguageSettings {
    NetworkConfig.atLeast("dimensions", dimensions, 1);
    if (network.bidirectional()) {
      throw UserError.usage("bidirectional must be false in a language model");
    }
  }

  static LanguageSettings with(Map<String, String> all) {
    NetworkConfig network = new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 1, false, 0);
    LanguageSettings plain =
        new LanguageSettings(network, 1, false, "character", "document", false);
    Map<String, String> known = new TreeMap<>(all);
    known.keySet().retainAll(Settings.toMap(plain).keySet());
    return Settings.with(plain, known);
  }

  LanguageNetwork languageNetwork() {
    return new LanguageNetwork(network, dimensions, tied, 0, 1, 1);
  }
}
