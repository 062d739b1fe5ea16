package dev.unroll.ner;

import static dev.unroll.data.UserError.setting;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.generation.language.StackedStates;
import dev.unroll.training.NetworkFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The language models that a tagger reads with, as its file has them: their names and digests, by
 * which they are recognised when they are given again, or the models themselves.
 *
 * @param states of the models, in their order
 * @param embedded whether the tagger's file has them in it
 */
record LanguageModels(StackedStates states, boolean embedded) {
  private static final String ENTRY = "language-models.json";
  private static final int SHOWN = 12;

  static final LanguageModels NONE = new LanguageModels(new StackedStates(List.of()), false);

  /** What the file says of one. */
  private record Entry(String name, String sha256, int width) {
    static Entry of(CharacterStates model) {
      return new Entry(model.name(), model.sha256(), model.width());
    }

    boolean is(CharacterStates model) {
      return model.sha256().equals(sha256) && model.width() == width;
    }

    @Override
    public String toString() {
      return "%s (SHA-256 %s…)".formatted(name, sha256.substring(0, SHOWN));
    }
  }

  private record InFile(boolean embedded, List<Entry> models) {
    boolean isComplete() {
      return models != null
          && !models.isEmpty()
          && models.stream()
              .allMatch(
                  m ->
                      m != null && m.name != null && m.sha256 != null && m.sha256.length() > SHOWN);
    }
  }

  private static String folder(int number) {
    return "language-model-" + number + "/";
  }

  /** Writes what {@link #read} reads; nothing if there are no models. */
  void write(ModelFileWriter file) {
    List<CharacterStates> models = states.models();
    if (models.isEmpty()) {
      return;
    }
    file.json(ENTRY, new InFile(embedded, models.stream().map(Entry::of).toList()));
    for (int i = 0; embedded && i < models.size(); i++) {
      models.get(i).write(file, folder(i + 1));
    }
  }

  /**
   * The models that a tagger was trained with.
   *
   * @param given those that its file does not have in it, in any order
   * @throws UserError if one is missing, or another than the tagger was trained with
   */
  static LanguageModels read(NetworkFile file, List<CharacterStates> given) throws IOException {
    String tagger = file.entries().name();
    if (!file.entries().has(ENTRY)) {
      refuseUnneeded(tagger, given);
      return NONE;
    }
    InFile inFile = file.entries().json(ENTRY, TypeToken.get(InFile.class));
    if (!inFile.isComplete()) {
      throw file.entries().damaged("'" + ENTRY + "' has not a name and a digest of each model");
    }
    List<CharacterStates> models = new ArrayList<>();
    List<CharacterStates> left = new ArrayList<>(given);
    for (Entry entry : inFile.models) {
      if (inFile.embedded) {
        models.add(embedded(file, entry, models.size() + 1));
        continue;
      }
      CharacterStates found =
          given.stream()
              .filter(entry::is)
              .findFirst()
              .orElseThrow(() -> lack(tagger, entry, inFile, given));
      models.add(found);
      left.removeIf(entry::is); // which may have been given twice, as in training
    }
    refuseUnneeded(tagger, left);
    return new LanguageModels(new StackedStates(models), inFile.embedded);
  }

  private static CharacterStates embedded(NetworkFile file, Entry entry, int number)
      throws IOException {
    CharacterStates model = CharacterStates.part(file, folder(number), entry.name, entry.sha256);
    if (model.width() != entry.width) {
      throw file.entries()
          .damaged(
              "'%s' says that %s has states of %d, and they are of %d"
                  .formatted(ENTRY, entry.name, entry.width, model.width()));
    }
    return model;
  }

  private static UserError lack(
      String tagger, Entry entry, InFile inFile, List<CharacterStates> given) {
    return given.stream()
        .filter(model -> inFile.models.stream().noneMatch(other -> other.is(model)))
        .findFirst()
        .map(
            other ->
                UserError.data(
                    tagger,
                    "was trained with the language model %s, and %s is another; give that one with %s"
                        .formatted(entry, Entry.of(other), setting("language-model"))))
        .orElseGet(
            () ->
                UserError.data(
                    tagger,
                    "was trained with the language model %s, which it needs to tag; give it with %s"
                        .formatted(entry, setting("language-model"))));
  }

  private static void refuseUnneeded(String tagger, List<CharacterStates> models) {
    if (!models.isEmpty()) {
      throw UserError.data(
          tagger,
          "needs no language model %s beside its file; leave out this %s"
              .formatted(models.get(0).name(), setting("language-model")));
    }
  }
}
