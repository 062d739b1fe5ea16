package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model with one fault fails the test of that fault; without one it passes all. */
class ModelContractTest {
  enum Fault {
    NONE,
    LEARNS_NOTHING,
    LOADS_ANOTHER,
    ROUNDS_IN_A_BATCH,
    ANSWERS_NOTHING,
    IS_NO_MODEL_OF_THREADS,
    IGNORES_THE_SEED,
    HAS_A_CLOCK,
    TRUSTS_ITS_FILE,
    THROWS_ANYTHING,
    NAMES_NO_FILE
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ",
    "LEARNS_NOTHING, learnsAHandfulByHeart",
    "LOADS_ANOTHER, aSavedModelGivesTheSameAnswers",
    "ROUNDS_IN_A_BATCH, aQuestionGetsTheSameAnswerAloneAndInABatch",
    "ANSWERS_NOTHING, noQuestionsHaveNoAnswers",
    "IS_NO_MODEL_OF_THREADS, manyThreadsGetTheAnswersOfOne",
    "IGNORES_THE_SEED, theSameSeedGivesTheSameBytesAndAnotherSeedOthers",
    "HAS_A_CLOCK, theSameSeedGivesTheSameBytesAndAnotherSeedOthers",
    "TRUSTS_ITS_FILE, aFileWithABitChangedIsNamed",
    "THROWS_ANYTHING, aFileThatWasCutOffIsNamed",
    "NAMES_NO_FILE, whatIsNoModelIsNamed"
  })
  void everyFaultFailsItsTest(Fault fault, String test, @TempDir Path folder) {
    Toys toys = new Toys(fault);
    toys.prepare(folder);
    Set<String> failures = Verdict.failures(ModelContract.class, toys);
    if (fault == Fault.NONE) {
      assertThat(failures).isEmpty();
    } else {
      assertThat(failures).contains(test);
    }
  }

  /** Knows a number, and answers a text with a share of it. */
  record Toy(long number) {}

  record Answer(String text, double share) {}

  private static final class Toys extends ModelContract<Toy, String, Answer> {
    private final Fault fault;
    private final Thread home = Thread.currentThread();

    Toys(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected boolean isNetwork() {
      return false;
    }

    @Override
    protected Toy learn() {
      return new Toy(fault == Fault.LEARNS_NOTHING ? 0 : 123_456_789);
    }

    @Override
    protected void assertLearnt(Toy model) {
      assertThat(model.number()).isPositive();
    }

    @Override
    protected Toy train(long seed) {
      return new Toy(
          switch (fault) {
            case IGNORES_THE_SEED -> 1;
            case HAS_A_CLOCK -> System.nanoTime();
            default -> seed;
          });
    }

    @Override
    protected List<String> questions() {
      return List.of("", "a", "text");
    }

    @Override
    protected List<Answer> answer(Toy model, List<String> questions) {
      if (questions.isEmpty() && fault == Fault.ANSWERS_NOTHING) {
        throw new IllegalArgumentException("no questions");
      }
      double rounding = fault == Fault.ROUNDS_IN_A_BATCH ? 1e-4 : 1e-7;
      return questions.stream()
          .map(question -> answer(model, question))
          .map(alone -> new Answer(alone.text(), alone.share() + rounding))
          .toList();
    }

    @Override
    protected Answer answer(Toy model, String question) {
      boolean lost = fault == Fault.IS_NO_MODEL_OF_THREADS && Thread.currentThread() != home;
      return new Answer(
          question, lost ? 0.5 : 1.0 / (model.number() % 1000 + question.length() + 2));
    }

    @Override
    protected void save(Toy model, Path file) {
      String number = "%020d".formatted(model.number());
      Damage.write(file, (number + " " + sum(number)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Toy load(Path file) {
      if (fault == Fault.LOADS_ANOTHER) {
        return new Toy(7);
      }
      Object named = fault == Fault.NAMES_NO_FILE ? "the file" : file;
      try {
        String[] parts = Files.readString(file).split(" ");
        if (fault == Fault.THROWS_ANYTHING) {
          return new Toy(Long.parseLong(parts[0] + parts[1].substring(parts[1].length())));
        }
        if (fault == Fault.TRUSTS_ITS_FILE) {
          return new Toy(parts[0].hashCode());
        }
        if (parts.length != 2 || !parts[1].equals(sum(parts[0]))) {
          throw UserError.data(named, "damaged");
        }
        return new Toy(Long.parseLong(parts[0]));
      } catch (IOException e) {
        throw UserError.data(named, "cannot be read");
      }
    }

    private static String sum(String text) {
      CRC32 sum = new CRC32();
      sum.update(text.getBytes(StandardCharsets.UTF_8));
      return "%010d".formatted(sum.getValue());
    }
  }
}
