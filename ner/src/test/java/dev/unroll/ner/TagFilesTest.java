package dev.unroll.ner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagFilesTest {
  private static TaggedSentence sentence(int markers) {
    return new TaggedSentence(List.of("word"), List.of("O"), markers);
  }

  @Test
  void aMarkerBeginsADocument() {
    List<TaggedSentence> marked =
        List.of(sentence(1), sentence(0), sentence(0), sentence(2), sentence(1), sentence(0));
    assertThat(TagFiles.documents(marked)).containsExactly(1, 1, 1, 2, 3, 3);
    // What comes before the first marker belongs together too.
    assertThat(TagFiles.documents(List.of(sentence(0), sentence(0), sentence(1))))
        .containsExactly(0, 0, 1);
  }

  @Test
  void withoutMarkersEverySentenceStandsAlone() {
    assertThat(TagFiles.documents(List.of(sentence(0), sentence(0)))).doesNotHaveDuplicates();
  }
}
