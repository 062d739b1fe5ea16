package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Settings;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BeginningTest {
  private static final Corpus<Passage> OTHER =
      new Corpus<>(List.of(new Passage("the tide hums and nobody knows")), "a line", "none");

  private static CharLmModel model;

  @BeforeAll
  static void train() {
    model =
        Verse.train(
            Verse.config("level", "word", "hidden", "6", "adaptive-softmax", "9", "epochs", "2"));
  }

  private static Beginning beginning() {
    return new Beginning(model, "verse.zip");
  }

  @Test
  void whatIsFixedComesFromTheModelAndTheRestIsFree() {
    CharLmConfig config =
        beginning().config(Map.of("dropout", "0.25", "adaptive-softmax", "auto", "hidden", " 6"));
    assertThat(config.network().hidden()).isEqualTo(6);
    assertThat(config.network().dropout()).isEqualTo(0.25);
    assertThat(config.adaptiveSoftmax()).isEqualTo("9");
    assertThat(config.training().learningRate())
        .isEqualTo(CharLmConfig.defaults().training().learningRate());
    for (String other :
        List.of("layers=2", "level=character", "reverse=true", "adaptive-softmax=8")) {
      String[] setting = other.split("=");
      assertThatThrownBy(() -> beginning().config(Map.of(setting[0], setting[1])))
          .as(other)
          .isInstanceOf(UserError.class)
          .hasMessageContaining(setting[0] + " must be ")
          .hasMessageContaining("verse.zip")
          .hasMessageContaining("got " + setting[1]);
    }
  }

  /** The loss before the first step is the model's, not that of a network that was drawn. */
  @Test
  void theFirstStepIsTheModels() {
    CharLmConfig config = beginning().config(Map.of("epochs", "1", "learning-rate", "1e-12"));
    Split<Passage> split = new Split<>(OTHER, OTHER);
    CharLmModel begun =
        new CharLmTrainer(config).beginWith(model).train(model.encoder(), split).model();
    assertThat(begun.score("the tide").logProbability())
        .isEqualTo(model.score("the tide").logProbability());
    assertThat(CharLmTrainer.train(config, model.encoder(), split).score("the tide"))
        .isNotEqualTo(model.score("the tide"));
  }

  @Test
  void anotherNetworkOrOtherSymbolsAreRefused() {
    CharLmConfig larger = Settings.with(model.config(), Map.of("hidden", "7"));
    assertThatThrownBy(() -> new CharLmTrainer(larger).beginWith(model))
        .isInstanceOf(IllegalArgumentException.class);
    CharLmTrainer trainer = new CharLmTrainer(model.config()).beginWith(model);
    CharEncoder other = CharEncoder.fit(OTHER, model.config());
    assertThatThrownBy(() -> trainer.train(other, new Split<>(OTHER, OTHER)))
        .hasMessageContaining("other symbols");
  }
}
