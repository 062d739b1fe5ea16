package dev.unroll.charlm;

import dev.unroll.data.InheritedSettings;
import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model with whose parameters and vocabulary another training begins, such as one of much text
 * that is to get used to the text of a task (J. Howard, S. Ruder, <i>Universal Language Model
 * Fine-tuning for Text Classification</i>, ACL 2018, section 3.2). What it reads and how large it
 * is stays as it was; how it is trained is free.
 *
 * @param name of its file, for messages
 */
record Beginning(CharLmModel model, String name) {
  /** Settings from which the parameters and the vocabulary follow, beside the layers. */
  private static final List<String> FIXED =
      List.of(
          "level",
          "ending",
          "reverse",
          "tokenizer",
          "tied",
          "dimensions",
          "adaptive-softmax",
          "min-count",
          "max-vocabulary");

  static Beginning load(Path file) {
    return new Beginning(CharLmModel.load(file), file.getFileName().toString());
  }

  /**
   * The defaults with the settings that are fixed from the model and others replaced.
   *
   * @param overrides by key
   * @throws UserError if one would have to differ from that of the model
   */
  CharLmConfig config(Map<String, String> overrides) {
    return CharLmConfig.with(inherited().with(overrides, this::understood));
  }

  /** Whether settings agree with the model where they have to. */
  boolean fits(CharLmConfig config) {
    return inherited().agreeWith(config.toProperties());
  }

  private InheritedSettings inherited() {
    return new InheritedSettings(model.config().toProperties(), FIXED, name);
  }

  private String understood(String key, String asked) {
    String understood = Settings.with(model.config(), Map.of(key, asked)).toProperties().get(key);
    String has = model.config().toProperties().get(key);
    boolean chosen = understood.equals("auto") && !has.equals("none"); // for the text before
    return chosen ? has : understood;
  }
}
