package dev.unroll.sentiment;

import dev.unroll.charlm.CharEncoder;
import dev.unroll.charlm.CharLmConfig;
import dev.unroll.charlm.CharLmTrainer;
import dev.unroll.charlm.Passage;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Language models of a few lines. */
final class TinyLanguageModel {
  private static final String TEXT = "a good film\na bad film\nnot a good day\nnot so bad a day\n";

  private TinyLanguageModel() {}

  /** Trains one, of one layer of 6 units unless told otherwise, and writes it. */
  static Path train(Path file, boolean reverse, String... settings) {
    Map<String, String> overrides =
        new HashMap<>(Map.of("level", "word", "hidden", "6", "dimensions", "5", "min-count", "1"));
    overrides.putAll(Map.of("epochs", "3", "batch", "2", "window", "8", "baseline-order", "0"));
    overrides.putAll(Map.of("layers", "1", "reverse", String.valueOf(reverse)));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    CharLmConfig config = CharLmConfig.with(overrides);
    Corpus<Passage> text = new Corpus<>(List.of(new Passage(TEXT)), "a few lines", "none");
    CharLmTrainer.train(config, CharEncoder.fit(text, config), new Split<>(text, text)).save(file);
    return file;
  }
}
