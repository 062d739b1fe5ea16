package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Split;
import dev.unroll.generation.Symbols;
import dev.unroll.training.DynamicRates;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt from a text while it is scored. */
class DynamicProbabilityTest {
  private static final DynamicRates RATES = new DynamicRates(0.01, 0.001);
  private static final DynamicRates NONE = new DynamicRates(0, 0);

  private static CharLmModel model;

  @BeforeAll
  static void train() {
    CharLmConfig config =
        Verse.config(
            "epochs",
            "3",
            "hidden",
            "8",
            "dropout",
            "0.3",
            "level",
            "word",
            "adaptive-softmax",
            "6,15");
    var corpus = Verse.corpus(config);
    model =
        CharLmTrainer.train(config, CharEncoder.fit(corpus, config), new Split<>(corpus, corpus));
  }

  private static double logProbability(DynamicRates rates, int[] symbols) {
    return new DynamicProbability(model.config(), model.encoder(), 3, rates)
        .logProbability(model.parameters(), Symbols.of(symbols), symbol -> true);
  }

  /** Whatever was learnt from a beginning, the probabilities of what may come next sum to 1. */
  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6})
  void aSymbolIsPredictedBeforeItIsLearntFrom(int length) {
    int[] text = Texts.array(model.encoder().encodeAll(Verse.LINES).symbols());
    int[] begun = Arrays.copyOf(text, length + 1);
    double before = logProbability(RATES, begun);
    double sum = 0;
    for (int next = 0; next < model.encoder().symbols(); next++) {
      int[] longer = Arrays.copyOf(begun, length + 2);
      longer[length + 1] = next;
      sum += Math.exp(logProbability(RATES, longer) - before);
    }
    assertThat(sum).isCloseTo(1, within(1e-4));
  }

  @Test
  void withoutARateItIsTheModel() {
    Evaluation evaluation = model.evaluate(Verse.LINES, 3, NONE);
    assertThat(evaluation.dynamic().orElseThrow().logProbability())
        .isCloseTo(evaluation.scores().logProbability(), within(1e-3));
  }

  @Test
  void aTextThatRepeatsItselfIsLearntAndTheModelStaysAsItIs() {
    List<Passage> text = Collections.nCopies(20, new Passage("the dark stone"));
    double before = model.score("the dark stone").logProbability();
    Evaluation evaluation = model.evaluate(text, 3, RATES);
    assertThat(evaluation.dynamic().orElseThrow().natsPerCharacter())
        .isLessThan(0.9 * evaluation.scores().natsPerCharacter());
    assertThat(model.score("the dark stone").logProbability()).isEqualTo(before);
    assertThat(evaluation.toMap()).containsKey("dynamic");
    assertThat(evaluation.toString()).contains("model, dynamic");
  }

  /** The ends of documents are no characters: they count neither here nor there. */
  @Test
  void whatDoesNotCountIsLeftOut() {
    CharLmConfig config = Verse.config("epochs", "1", "hidden", "8", "tied", "true");
    var corpus = Verse.corpus(config);
    CharLmModel characters =
        CharLmTrainer.train(config, CharEncoder.fit(corpus, config), new Split<>(corpus, corpus));
    List<Passage> texts = List.of(new Passage("a tide"), new Passage(""), new Passage("out"));
    Evaluation evaluation = characters.evaluate(texts, 4, NONE);
    assertThat(evaluation.dynamic().orElseThrow().logProbability())
        .isCloseTo(evaluation.scores().logProbability(), within(1e-3));
  }
}
