package dev.unroll.embeddings;

import dev.unroll.cli.ModelOptions;
import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws words as points of a plane. */
@Command(
    name = "map",
    description =
        "Draw words in two dimensions: a picture, or a page to search and look around in.")
final class MapCommand implements Runnable {
  /** t-SNE of more takes minutes, and nobody reads so many words. */
  private static final int MOST_WORDS = 5_000;

  /** Of fewer words, t-SNE shows little. */
  private static final int FEW_WORDS = 30;

  private static final int NEIGHBOURS = 10;

  /** How vectors become places. */
  enum Projection {
    /** The two directions in which the words differ most; what is parallel stays parallel. */
    PCA,
    /** Neighbours stay together. */
    TSNE
  }

  /** What is written. */
  private enum Kind {
    SVG,
    PNG,
    PAGE
  }

  @Mixin private ModelOptions model;
  @Mixin private ThreadOptions threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to write: .svg and .png are pictures, .html a page.")
  private Path out;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Without words: the first N of the model (${DEFAULT-VALUE}).")
  private int top = 300;

  @Option(
      names = "--projection",
      paramLabel = "NAME",
      description =
          "pca or tsne; without it pca for fewer than 30 words or with arrows, else tsne.")
  private Projection projection;

  @Option(
      names = "--perplexity",
      paramLabel = "N",
      description = "For tsne: about how many neighbours a word has (${DEFAULT-VALUE}).")
  private double perplexity = Tsne.PERPLEXITY;

  @Option(
      names = "--arrow",
      paramLabel = "FROM:TO",
      description = "Draw an arrow between two words; may be given again.")
  private List<String> arrows = new ArrayList<>();

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "Words to draw.")
  private List<String> words = List.of();

  @Override
  public void run() {
    if (!(perplexity >= 1 && perplexity <= MOST_WORDS)) {
      throw UserError.usage("--perplexity must be from 1 to " + MOST_WORDS + ", got " + perplexity);
    }
    Queries.checkTop(top);
    model.outputs().fileOrStream(out);
    Kind kind = kind(out);
    List<String[]> ends = arrows.stream().map(MapCommand::ends).toList();
    threads.apply();
    EmbeddingModel loaded = EmbeddingModel.load(model.model());
    List<String> drawn = drawn(loaded, ends);
    float[][] units =
        drawn.stream().map(word -> loaded.units().unit(loaded.index(word))).toArray(float[][]::new);
    List<int[]> lines =
        ends.stream()
            .map(pair -> new int[] {drawn.indexOf(pair[0]), drawn.indexOf(pair[1])})
            .toList();
    write(kind, loaded, WordMap.of(drawn, places(units), lines));
  }

  private static String[] ends(String arrow) {
    String[] pair = arrow.split(":");
    if (pair.length != 2 || pair[0].isEmpty() || pair[0].equals(pair[1])) {
      throw UserError.usage("--arrow must be two words with a colon between, got " + arrow);
    }
    return pair;
  }

  private List<String> drawn(EmbeddingModel loaded, List<String[]> ends) {
    Set<String> drawn = new LinkedHashSet<>(words);
    ends.forEach(pair -> drawn.addAll(List.of(pair)));
    if (drawn.isEmpty()) {
      drawn.addAll(loaded.words().subList(0, Math.min(top, loaded.size())));
    }
    if (drawn.isEmpty()) {
      throw UserError.data(model.model(), "holds no vectors to draw");
    }
    for (String word : drawn) {
      if (loaded.index(word) < 0) {
        throw UserError.data(model.model(), "has no vector for " + word + "; leave it out");
      }
    }
    if (drawn.size() > MOST_WORDS) {
      throw UserError.usage("a map shows at most " + MOST_WORDS + " words, got " + drawn.size());
    }
    return List.copyOf(drawn);
  }

  private double[][] places(float[][] units) {
    boolean few = units.length < FEW_WORDS || !arrows.isEmpty();
    Projection chosen = projection != null ? projection : few ? Projection.PCA : Projection.TSNE;
    return chosen == Projection.PCA ? Pca.project(units) : Tsne.project(units, perplexity);
  }

  /** By the ending of the name; a page where there is none, as of a pipe. */
  private static Kind kind(Path out) {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "svg" -> Kind.SVG;
      case "png" -> Kind.PNG;
      case "html", "htm" -> Kind.PAGE;
      default -> {
        if (name.indexOf('.') >= 0) {
          throw UserError.usage("--out must end with .svg, .png or .html, got " + out);
        }
        yield Kind.PAGE;
      }
    };
  }

  private void write(Kind kind, EmbeddingModel loaded, WordMap map) {
    if (kind == Kind.SVG) {
      AtomicFile.write(out, MapPicture.svg(map));
    } else if (kind == Kind.PNG) {
      AtomicFile.write(out, file -> file.write(MapPicture.png(map)));
    } else {
      List<List<Neighbour>> near =
          map.points().stream().map(p -> loaded.nearest(p.word(), NEIGHBOURS)).toList();
      AtomicFile.write(out, MapPage.html(map, near));
    }
  }
}
