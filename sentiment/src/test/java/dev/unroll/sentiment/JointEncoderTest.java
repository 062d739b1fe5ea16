package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class JointEncoderTest {
  private static final double GAMMA = 0.3;
  private static final int END = 99;

  /** Of a word, by the model: other numbers than those of the encoder. */
  private static int symbol(int word) {
    return 20 - word;
  }

  private static MultiDataSet batch(ReviewEncoder encoder, List<Review> texts) {
    int words = encoder.vocabulary().size();
    int[] symbols = IntStream.range(0, words).map(JointEncoderTest::symbol).toArray();
    List<NeighbourWords> targets =
        List.of(
            new NeighbourWords(encoder, symbols, END, true),
            new NeighbourWords(encoder, symbols, END, false));
    return new JointEncoder(encoder, targets, GAMMA).encode(encoder.prepareAll(texts));
  }

  /** Where the middle of a text was left out, neither side is asked for the other. */
  @Test
  void eachWordIsToldItsNeighbours() {
    ReviewEncoder encoder = JointTexts.encoder(JointTexts.config(0, List.of()));
    MultiDataSet batch = batch(encoder, JointTexts.TEXTS);
    String[][] next = {{"zebra", "film", "END"}, {"so", "-", "day", "END"}, {"END"}, {}};
    String[][] previous = {{"END", "a", "zebra"}, {"END", "not", "-", "a"}, {"END"}, {}};
    assertThat(batch.numLabelsArrays()).isEqualTo(3);
    assertThat(batch.getLabelsMaskArray(0)).isNull();
    assertLabels(batch, 1, next, encoder);
    assertLabels(batch, 2, previous, encoder);
  }

  private static void assertLabels(
      MultiDataSet batch, int output, String[][] expected, ReviewEncoder encoder) {
    double each = GAMMA * JointTexts.TEXTS.size() / JointTexts.PREDICTED;
    for (int text = 0; text < expected.length; text++) {
      for (int step = 0; step < 4; step++) {
        String word = step < expected[text].length ? expected[text][step] : "-";
        assertThat(batch.getLabelsMaskArray(output).getDouble(text, step))
            .as("weight of step %d of text %d", step, text)
            .isEqualTo(word.equals("-") ? 0 : each, within(1e-6));
        if (!word.equals("-")) {
          int id = word.equals("END") ? END : symbol(encoder.vocabulary().id(word));
          assertThat(batch.getLabels(output).getInt(text, 0, step))
              .as("what comes at step %d of text %d", step, text)
              .isEqualTo(id);
        }
      }
    }
  }

  @Test
  void aBatchWithoutWordsHasNothingToPredict() {
    ReviewEncoder encoder = JointTexts.encoder(JointTexts.config(0, List.of()));
    MultiDataSet batch = batch(encoder, List.of(new Review("negative", " ")));
    for (int output = 1; output <= 2; output++) {
      INDArray weights = batch.getLabelsMaskArray(output);
      assertThat(weights.shape()).containsExactly(1, 1);
      assertThat(weights.getDouble(0, 0)).isZero();
    }
  }
}
