package dev.unroll.dna;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static String resource(String name) throws IOException {
    try (InputStream in = Sample.class.getResourceAsStream("sample/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theSampleIsWhatItsClassMakes() throws IOException {
    assertThat(resource("train.tsv")).isEqualTo(SampleStrands.train());
    assertThat(resource("test.tsv")).isEqualTo(SampleStrands.test());
    assertThat(Strand.labels(Sample.train())).containsExactly("other", "promoter");
  }
}
