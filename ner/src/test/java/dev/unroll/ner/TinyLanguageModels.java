package dev.unroll.ner;

import dev.unroll.charlm.CharEncoder;
import dev.unroll.charlm.CharLmConfig;
import dev.unroll.charlm.CharLmTrainer;
import dev.unroll.charlm.Passage;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.generation.language.CharacterStates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Language models that have read a few lines, one in each direction. */
final class TinyLanguageModels {
  private static final String TEXT =
      """
      Ada Lovelace lived in London .
      In Oslo it rained .
      Bo met Eve Adams .
      Nobody came .
      """;

  private TinyLanguageModels() {}

  /** Trains one and writes it. */
  static Path write(Path file, boolean reverse, String... settings) {
    Map<String, String> overrides =
        new HashMap<>(Map.of("layers", "2", "hidden", "9", "dimensions", "5"));
    overrides.putAll(Map.of("epochs", "2", "batch", "2", "window", "12", "min-count", "1"));
    overrides.putAll(Map.of("baseline-order", "2", "reverse", String.valueOf(reverse)));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    CharLmConfig config = CharLmConfig.with(overrides);
    Corpus<Passage> text = new Corpus<>(List.of(new Passage(TEXT)), "a few lines", "none");
    CharLmTrainer.train(config, CharEncoder.fit(text, config), new Split<>(text, text)).save(file);
    return file;
  }

  /** Both. */
  static List<CharacterStates> both(Path folder) {
    return List.of(
        CharacterStates.load(write(folder.resolve("forward.zip"), false)),
        CharacterStates.load(write(folder.resolve("backward.zip"), true, "cell", "gru")));
  }
}
