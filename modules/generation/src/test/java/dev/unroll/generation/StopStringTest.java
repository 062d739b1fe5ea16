package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringTest {
  private static String through(String stop, String text) {
    StringBuilder out = new StringBuilder();
    StopString filter = new StopString(stop, out::append);
    boolean more = true;
    for (int i = 0; more && i < text.length(); i++) {
      more = filter.accept(text.substring(i, i + 1));
    }
    assertThat(more).isEqualTo(stop.isEmpty() || !text.contains(stop));
    filter.end();
    return out.toString();
  }

  @Test
  void endsBeforeTheFirstOccurrenceWhateverTheText() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(12, 'a', 'c')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String stop =
          random
              .ints(1 + random.nextInt(4), 'a', 'c')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      int at = text.indexOf(stop);
      assertThat(through(stop, text))
          .as("%s in %s", stop, text)
          .isEqualTo(at < 0 ? text : text.substring(0, at));
    }
  }

  @Test
  void withoutAStringEverythingGoesThrough() {
    assertThat(through("", "some text")).isEqualTo("some text");
  }

  @Test
  void holdsBackOnlyWhatMayBelongToIt() {
    List<String> pieces = new ArrayList<>();
    StopString filter = new StopString("END", pieces::add);
    for (String piece : List.of("a", "E", "N", "b", "E")) {
      filter.accept(piece);
    }
    assertThat(pieces).containsExactly("a", "ENb");
    filter.end();
    assertThat(pieces).containsExactly("a", "ENb", "E");
  }
}
