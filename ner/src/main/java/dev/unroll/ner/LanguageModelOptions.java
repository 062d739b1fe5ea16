package dev.unroll.ner;

import dev.unroll.generation.language.CharacterStates;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The language models that a tagger reads with. */
final class LanguageModelOptions {
  @Option(
      names = "--language-model",
      paramLabel = "FILE",
      description =
          "A model of charlm that reads the sentences too; may be given again. Needed wherever the"
              + " tagger is used, unless train had --embed.")
  private List<Path> files = List.of();

  /** Reads them. */
  List<CharacterStates> load() {
    return files.stream().map(CharacterStates::load).toList();
  }
}
