package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.generation.Streams;
import dev.unroll.generation.Stretch;
import dev.unroll.generation.Symbols;
import dev.unroll.text.WordVectors;
import dev.unroll.training.GradientStep;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class CharLmTrainerTest {
  @Test
  void theStateIsCarriedFromWindowToWindow() {
    // The loss of all windows together is that of the whole text read at once.
    CharLmConfig config = Verse.config();
    CharEncoder encoder = CharEncoder.fit(Verse.corpus(config), config);
    Symbols symbols = encoder.encodeAll(Verse.corpus(config).examples()).symbols();
    ComputationGraph network = CharLmNetwork.build(config, encoder.symbols());
    double whole =
        GradientStep.compute(network, encoder.encode(List.of(Stretch.of(Texts.array(symbols)))));
    network.rnnClearPreviousState();
    Streams streams = new Streams(symbols, 1, 12);
    double sum = 0;
    for (int i = 0; i < streams.windows(5); i++) {
      sum += GradientStep.compute(network, encoder.encode(streams.window(i, 5)));
    }
    assertThat(sum).isCloseTo(whole, within(1e-3));
    network.rnnClearPreviousState();
    double cold = 0;
    for (int i = 0; i < streams.windows(5); i++) {
      network.rnnClearPreviousState();
      cold += GradientStep.compute(network, encoder.encode(streams.window(i, 5)));
    }
    assertThat(cold).isNotCloseTo(whole, within(1e-3));
    assertThat(-TextProbability.carried(Verse.forward(network), encoder, symbols, symbol -> true))
        .isCloseTo(whole, within(1e-3));
  }

  @Test
  void itBeginsWithWordVectorsAtTheScaleOfRandomOnes() {
    CharLmConfig config = Verse.config("level", "word", "min-count", "1").withDimensions(4);
    CharEncoder encoder = CharEncoder.fit(Verse.corpus(config), config);
    List<String> words = encoder.vocabulary().words().subList(1, 4);
    float[] values = {3, 0, 0, 100, 0, -40, 0, 0, 0, 70, 5, -9};
    WordVectors vectors = new WordVectors("three words", words, 4, values);
    ComputationGraph network = CharLmNetwork.build(config, encoder.symbols());
    INDArray before = network.getLayer(CharLmNetwork.EMBEDDING).getParam("W").dup();
    CharLmTrainer.copy(vectors, encoder, network);
    INDArray after = network.getLayer(CharLmNetwork.EMBEDDING).getParam("W");
    assertThat(after.getRow(0)).isEqualTo(before.getRow(0));
    assertThat(after.getRow(5)).isEqualTo(before.getRow(5));
    // A common mean and a common scale apart, the three rows are the vectors.
    INDArray given = Nd4j.createFromArray(values).reshape(3, 4);
    INDArray rows = after.get(NDArrayIndex.interval(1, 4), NDArrayIndex.all());
    INDArray givenSteps = given.getRow(1).sub(given.getRow(0));
    INDArray steps = rows.getRow(1).sub(rows.getRow(0));
    double scale = steps.getDouble(3) / givenSteps.getDouble(3);
    assertThat(givenSteps.muli(scale).equalsWithEps(steps, 1e-5)).isTrue();
    assertThat(rows.stdNumber().doubleValue())
        .isCloseTo(before.stdNumber().doubleValue(), withinPercentage(30));
  }
}
