package dev.unroll.ner;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.InheritedSettings;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A trained tagger with which another one begins: what it knows of words and spellings, and how its
 * recurrent layers read them, learnt from other sentences, whose names may be of other types (J.
 * Lee, F. Dernoncourt, P. Szolovits, <i>Transfer Learning for Named-Entity Recognition with Neural
 * Networks</i>, LREC 2018).
 *
 * <pre>
 *   embedding                    its row of each word that it knows; other words keep theirs
 *   spelling, shape, context     as they are
 *   recurrent                    as they are
 *   output                       as it is if both have the same tags and the same output layer
 * </pre>
 *
 * @param name of its file, for messages
 */
record Beginning(NerModel model, String name) {
  private static final String EMBEDDING = "embedding_W";

  /**
   * A tagger from a file.
   *
   * @param languageModels that it reads with, if they are not in its file
   */
  static Beginning load(Path file, List<CharacterStates> languageModels) {
    return new Beginning(NerModel.load(file, languageModels), file.getFileName().toString());
  }

  /** The words that it knows. */
  Vocabulary vocabulary() {
    return model.encoder().vocabulary();
  }

  /** The characters that it knows. */
  Vocabulary alphabet() {
    return model.encoder().alphabet();
  }

  /**
   * The language models that it reads with, which the other one needs too.
   *
   * @param embedded whether they shall be in the other one's file in any case
   */
  LanguageModels languageModels(boolean embedded) {
    List<CharacterStates> models = model.languageModels();
    boolean both = !models.isEmpty() && (embedded || model.isEmbedded());
    return new LanguageModels(new StackedStates(models), both);
  }

  /**
   * The configuration of a tagger that begins with this one: the defaults, its sizes, and what
   * replaces them.
   *
   * @throws UserError if {@code overrides} ask for another size
   */
  NerConfig config(Map<String, String> overrides) {
    InheritedSettings inherited =
        new InheritedSettings(model.config().toProperties(), NerConfig.SIZES, name);
    return NerConfig.with(
        inherited.with(
            overrides, (key, asked) -> NerConfig.with(Map.of(key, asked)).toProperties().get(key)));
  }

  /** Refuses vectors of another length than its own. */
  void requireDimensions(int dimensions) {
    int own = model.config().dimensions();
    if (dimensions != own) {
      throw UserError.usage(
          "%s must have vectors of %d values, as %s, with which the training begins, got %d; give others or none"
              .formatted(setting("vectors"), own, name, dimensions));
    }
  }

  /** What a checkpoint must have begun with too. */
  String digest() {
    return model.network().digest(vocabulary().words(), alphabet().words(), model.encoder().tags());
  }

  /**
   * Lets a network begin with it.
   *
   * @param config of the network, with the sizes of this one
   * @param encoder of the network, which was fitted with this one
   * @throws IllegalArgumentException if they are not
   */
  void copyTo(ComputationGraph network, NerConfig config, TagEncoder encoder) {
    ComputationGraph own = model.network().graph();
    boolean sameTags =
        config.output() == model.config().output() && encoder.tags().equals(model.encoder().tags());
    InitialVectors.copy(own, id -> row(encoder.vocabulary().word(id)), network, "embedding");
    Networks.copy(
        own, network, name -> !name.equals(EMBEDDING) && (sameTags || !name.startsWith("output_")));
  }

  private int row(String word) {
    return vocabulary().contains(word) ? vocabulary().id(word) : -1;
  }
}
