package dev.unroll.embeddings;

import dev.unroll.cli.ModelOptions;
import dev.unroll.text.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws words as points of a plane. */
@Command(name = "map", description = "Draw words in two dimensions, as SVG or as a page to search.")
final class MapCommand implements Runnable {
  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Where to write; .svg is the picture alone, anything else a page.")
  private Path output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Without words: the first N of the model (${DEFAULT-VALUE}).")
  private int top = 300;

  @Option(
      names = "--arrow",
      paramLabel = "FROM:TO",
      description = "Draw an arrow between two words; may be given again.")
  private List<String> arrows = new ArrayList<>();

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "Words to draw.")
  private List<String> words = List.of();

  @Override
  public void run() {
    List<String[]> ends = new ArrayList<>();
    for (String arrow : arrows) {
      String[] pair = arrow.split(":");
      if (pair.length != 2) {
        throw UserError.usage("--arrow must be two words with a colon between, not " + arrow);
      }
      ends.add(pair);
    }
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    Set<String> drawn = new LinkedHashSet<>(words);
    ends.forEach(pair -> drawn.addAll(List.of(pair)));
    if (drawn.isEmpty()) {
      drawn.addAll(loaded.words().subList(0, Math.max(1, Math.min(top, loaded.size()))));
    }
    for (String word : drawn) {
      if (loaded.index(word) < 0) {
        throw UserError.data(model.model(), "has no vector for " + word + "; leave it out");
      }
    }
    WordMap map = WordMap.of(loaded, List.copyOf(drawn));
    ends.forEach(pair -> map.arrow(pair[0], pair[1]));
    write(output.toString().endsWith(".svg") ? map.svg() : map.html());
  }

  private void write(String text) {
    try {
      Files.writeString(output, text);
    } catch (IOException e) {
      throw UserError.failed(output + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }
}
