package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What fuzzing lets pass, and what it finds. */
class FuzzOfItselfTest {
  private final Fuzz fuzz = new Fuzz("itself", 50).like("a\tb\n", "c\td\n");

  @Test
  void whatIsReadOrRefusedPasses() {
    fuzz.read(
        input -> {
          if (input.length > 5) {
            throw UserError.data("fuzz", 1, "too long");
          }
        });
  }

  @Test
  void anythingElseIsFoundAndKept() throws Exception {
    String message = null;
    try {
      fuzz.read(
          input -> {
            if (input.length > 5) {
              throw new IllegalStateException("no");
            }
          });
    } catch (AssertionError e) {
      message = e.getMessage();
    }
    assertThat(message).startsWith("itself, seed 1, case ").contains("IllegalStateException: no");
    Path kept = Path.of(message.replaceFirst(".*the input is in ", ""));
    assertThat(Files.size(kept)).isGreaterThan(5);
    Files.delete(kept);
  }

  @Test
  void casesAreTheSameInEveryBuildAndDifferFromEachOther() {
    List<byte[]> first = new ArrayList<>();
    fuzz.read(first::add);
    List<byte[]> second = new ArrayList<>();
    fuzz.read(second::add);
    assertThat(first).hasSize(50);
    Set<String> different = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
      different.add(Arrays.toString(first.get(i)));
    }
    assertThat(different).hasSizeGreaterThan(40);
  }
}
