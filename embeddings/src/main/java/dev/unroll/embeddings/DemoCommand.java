package dev.unroll.embeddings;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample and asks the vectors a few things. */
@Command(name = "demo", description = "Learn vectors from the sample and show what they know.")
final class DemoCommand implements Runnable {
  private static final List<String> WORDS = List.of("king", "france", "cat");
  private static final List<List<String>> ANALOGIES =
      List.of(
          List.of("man", "king", "woman"),
          List.of("france", "paris", "italy"),
          List.of("dog", "puppy", "cat"));

  @Mixin
  private final ConfigOptions<EmbeddingConfig> settings =
      new ConfigOptions<>(Embeddings.class, EmbeddingConfig::with, TrainCommand.TINY);

  @Mixin private AlgorithmOptions algorithm;
  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    EmbeddingConfig config = TrainCommand.config(settings, algorithm, true);
    try (DemoSession demo = new DemoSession("words", answer)) {
      EmbeddingModel model =
          new EmbeddingTrainer(config).listener(demo.progress()).train(WordOptions.sample());
      demo.show(
          String.format(
              Locale.ROOT,
              "Embeddings: %d words of %d dimensions",
              model.size(),
              model.dimensions()));
      for (String word : WORDS) {
        demo.show("nearest to " + word + ": " + line(model.nearest(word, 3)));
      }
      for (List<String> q : ANALOGIES) {
        demo.show(
            String.format(
                "%s is to %s as %s is to %s",
                q.get(0),
                q.get(1),
                q.get(2),
                line(model.analogy(q.get(0), q.get(1), q.get(2), 1))));
      }
      demo.next(
          "embeddings train --train text.txt --model vectors.bin",
          "embeddings nearest --model vectors.bin king",
          "embeddings train --help");
    }
  }

  private static String line(List<Neighbour> neighbours) {
    return neighbours.stream()
        .map(n -> String.format(Locale.ROOT, "%s (%.2f)", n.word(), n.similarity()))
        .collect(Collectors.joining(", "));
  }
}
