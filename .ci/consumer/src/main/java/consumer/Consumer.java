package consumer;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.sentiment.Opinion;
import dev.unroll.sentiment.Review;
import dev.unroll.sentiment.ReviewEncoder;
import dev.unroll.sentiment.SentimentConfig;
import dev.unroll.sentiment.SentimentModel;
import dev.unroll.sentiment.SentimentTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains, saves, loads and classifies, with nothing but the library. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) {
    List<Review> reviews = new ArrayList<>();
    for (String thing : List.of("film", "book", "room", "meal", "trip", "song", "game", "shop")) {
      for (String good : List.of("lovely", "great", "wonderful")) {
        reviews.add(new Review("positive", "a " + good + " " + thing));
      }
      for (String bad : List.of("dull", "awful", "horrible")) {
        reviews.add(new Review("negative", "a " + bad + " " + thing));
      }
    }
    SentimentConfig config = SentimentConfig.with(Map.of("hidden", "16", "epochs", "60", "patience", "60", "learning-rate", "0.01"));
    Corpus<Review> corpus = new Corpus<>(reviews, "written here", "");
    Split<Review> split = corpus.split(0.1, 1, Review::label);
    ReviewEncoder encoder = ReviewEncoder.fit(split.train(), config);
    SentimentTrainer.train(config, encoder, split).save(Path.of(args[0]));
    Opinion opinion = SentimentModel.load(Path.of(args[0])).classify("a horrible game");
    System.out.println(opinion.label());
  }
}
