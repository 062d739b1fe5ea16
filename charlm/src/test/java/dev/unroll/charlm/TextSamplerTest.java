package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.generation.SamplingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextSamplerTest {
  private static final String LETTERS = "abcdefgh\n";

  private static CharEncoder encoder(String ending) {
    Corpus<Passage> corpus = new Corpus<>(List.of(new Passage(LETTERS)), "letters", "");
    return CharEncoder.fit(corpus, CharLmConfig.with(Map.of("min-count", "1", "ending", ending)));
  }

  private static String write(CharEncoder encoder, SampleRequest request) {
    StringBuilder out = new StringBuilder();
    new TextSampler(new ToyModel(encoder.symbols(), 5), encoder, 0)
        .write(request, piece -> out.append(piece.text()));
    return out.toString();
  }

  private static SampleRequest request(int length, int lines, String stop, int beam) {
    return new SampleRequest("", length, lines, stop, beam, SamplingConfig.defaults(), 1);
  }

  @Test
  void theSameSeedGivesTheSameTextAndAnotherSeedAnother() {
    CharEncoder encoder = encoder("document");
    String text = write(encoder, SampleRequest.ofLength(200, 7));
    assertThat(text).hasSize(200).doesNotContain("<").matches("[a-h\n]*");
    assertThat(write(encoder, SampleRequest.ofLength(200, 7))).isEqualTo(text);
    assertThat(write(encoder, SampleRequest.ofLength(200, 8))).isNotEqualTo(text);
  }

  @Test
  void aShorterTextIsTheBeginningOfALongerOne() {
    CharEncoder encoder = encoder("document");
    assertThat(write(encoder, SampleRequest.ofLength(200, 7)))
        .startsWith(write(encoder, SampleRequest.ofLength(50, 7)));
  }

  @Test
  void thePrimeComesFirstAndMattersToWhatFollows() {
    CharEncoder encoder = encoder("document");
    String after = write(encoder, SampleRequest.ofLength(20, 7).withPrime("abé"));
    assertThat(after).startsWith("abé").hasSize(23);
    assertThat(after.substring(3))
        .isNotEqualTo(write(encoder, SampleRequest.ofLength(20, 7).withPrime("hg")).substring(2));
  }

  @Test
  void stopsBeforeTheStopString() {
    CharEncoder encoder = encoder("document");
    String whole = write(encoder, SampleRequest.ofLength(200, 1));
    String stop = whole.substring(100, 103);
    assertThat(write(encoder, request(200, 0, stop, 0)))
        .isEqualTo(whole.substring(0, whole.indexOf(stop)));
  }

  @Test
  void stopsAfterTheLinesAskedFor() {
    for (String ending : List.of("document", "line")) {
      String text = write(encoder(ending), request(1000, 3, "", 0));
      assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(3);
      assertThat(text).endsWith("\n");
    }
  }

  @Test
  void readsNoMoreThanItNeeds() {
    CharEncoder encoder = encoder("document");
    ToyModel model = new ToyModel(encoder.symbols(), 5);
    List<String> pieces = new ArrayList<>();
    new TextSampler(model, encoder, 0)
        .write(SampleRequest.ofLength(10, 1), piece -> pieces.add(piece.text()));
    assertThat(pieces).hasSize(10);
    assertThat(model.reads()).isEqualTo(10); // the line end before the text, and all but the last
    assertThat(write(encoder, SampleRequest.ofLength(0, 1))).isEmpty();
  }

  @Test
  void aBeamIsAtLeastAsProbableAsTheGreedyText() {
    CharEncoder encoder = encoder("document");
    String beam = write(encoder, request(8, 0, "", 50));
    String greedy =
        write(encoder, SampleRequest.ofLength(8, 1).withSampling(new SamplingConfig(0, 0, 1)));
    assertThat(beam).hasSize(8);
    assertThat(logProbability(encoder, beam)).isGreaterThan(logProbability(encoder, greedy));
  }

  private static double logProbability(CharEncoder encoder, String text) {
    ToyModel model = new ToyModel(encoder.symbols(), 5);
    int[] symbols = encoder.prime(text);
    List<Integer> read = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i + 1 < symbols.length; i++) {
      read.add(symbols[i]);
      sum += model.logProbabilities(read)[symbols[i + 1]];
    }
    return sum;
  }
}
