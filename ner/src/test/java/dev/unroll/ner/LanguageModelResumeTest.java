package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.CharacterStates;
import dev.unroll.testing.ResumeContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What language models made of the sentences is not kept, and is the same the next time. */
class LanguageModelResumeTest extends ResumeContract {
  private static final NerConfig CONFIG =
      NerConfig.with(
          Map.of(
              "dimensions",
              "8",
              "hidden",
              "6",
              "epochs",
              "3",
              "batch",
              "16",
              "language-model-dimensions",
              "5"));

  @TempDir static Path models;
  private static List<CharacterStates> both;

  private static List<CharacterStates> both() {
    if (both == null) {
      both = TinyLanguageModels.both(models);
    }
    return both;
  }

  private static Course course(Corpus<TaggedSentence> sentences, List<CharacterStates> with) {
    Split<TaggedSentence> split = sentences.split(0.5, 1);
    return (target, resume, stop) -> {
      try {
        new NerTrainer(CONFIG)
            .languageModels(with, true)
            .target(target, resume)
            .stopWhen(stop)
            .train(TagEncoder.fit(Sample.train(), CONFIG), split);
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(Sample.train(), both());
  }

  /** Another language model of the same shape. */
  @Override
  protected Course otherSettings() {
    Path other = TinyLanguageModels.write(models.resolve("other.zip"), false, "seed", "2");
    return course(Sample.train(), List.of(CharacterStates.load(other), both().get(1)));
  }

  @Override
  protected Course otherData() {
    Corpus<TaggedSentence> sample = Sample.train();
    var fewer = sample.examples().subList(1, sample.size());
    return course(new Corpus<>(fewer, sample.source(), sample.digest()), both());
  }

  @Test
  void theLanguageModelThatDiffersIsNamed(@TempDir Path folder) {
    Path target = folder.resolve("m.zip");
    BooleanSupplier atOnce = () -> true;
    course().run(target, false, atOnce);
    for (List<CharacterStates> others :
        List.of(both().subList(0, 1), List.of(both().get(0), both().get(0)))) {
      Course other = course(Sample.train(), others);
      assertThatThrownBy(() -> other.run(target, true, () -> false))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(
              "was made with language-model-2.sha256 = " + both().get(1).sha256());
    }
  }
}
