package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training with one fault fails the test of that fault; without one it passes all. */
class ResumeContractTest {
  private static final int STEPS = 20;

  enum Fault {
    NONE,
    FORGETS_ITS_STATE,
    RESUMES_UNASKED,
    TRAINS_A_FINISHED_MODEL,
    TAKES_ANY_CHECKPOINT,
    TRUSTS_ITS_CHECKPOINT
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ",
    "FORGETS_ITS_STATE, aStoppedTrainingGoesOnToTheSameBytes",
    "RESUMES_UNASKED, withoutResumingItBeginsAnew",
    "TRAINS_A_FINISHED_MODEL, thereIsNothingToResumeOnceTheModelIsWritten",
    "TAKES_ANY_CHECKPOINT, aCheckpointOfOtherDataOrSettingsIsRefused",
    "TRUSTS_ITS_CHECKPOINT, aCheckpointThatWasCutOffIsRefused",
    "TRUSTS_ITS_CHECKPOINT, aCheckpointWithABitChangedIsRefused"
  })
  void everyFaultFailsItsTest(Fault fault, String test, @TempDir Path folder) {
    Toys toys = new Toys(fault);
    toys.prepare(folder);
    Set<String> failures = Verdict.failures(ResumeContract.class, toys);
    if (fault == Fault.NONE) {
      assertThat(failures).isEmpty();
    } else {
      assertThat(failures).contains(test);
    }
  }

  /** Multiplies and adds, step by step. */
  private static final class Toys extends ResumeContract {
    private final Fault fault;

    Toys(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected Course course() {
      return (target, resume, stop) -> train(target, resume, stop, 3, 5);
    }

    @Override
    protected Course otherSettings() {
      return (target, resume, stop) -> train(target, resume, stop, 7, 5);
    }

    @Override
    protected Course otherData() {
      return (target, resume, stop) -> train(target, resume, stop, 3, 11);
    }

    private boolean train(
        Path target, boolean resume, BooleanSupplier stop, long setting, long data) {
      Path checkpoint = checkpoint(target);
      if (resume && Files.exists(target) && fault != Fault.TRAINS_A_FINISHED_MODEL) {
        throw UserError.usage("nothing to resume: " + target + " is finished");
      }
      long[] state = {1, 0};
      if ((resume || fault == Fault.RESUMES_UNASKED) && Files.exists(checkpoint)) {
        state = read(checkpoint, setting, data);
      }
      while (state[1] < STEPS) {
        state[0] = state[0] * setting + data;
        state[1]++;
        if (stop.getAsBoolean() && state[1] < STEPS) {
          write(checkpoint, state, setting, data);
          return false;
        }
      }
      Damage.write(target, Long.toString(state[0]).getBytes());
      checkpoint.toFile().delete();
      return true;
    }

    private void write(Path checkpoint, long[] state, long setting, long data) {
      long kept = fault == Fault.FORGETS_ITS_STATE || fault == Fault.RESUMES_UNASKED ? 2 : state[0];
      String text = kept + " " + state[1] + " " + setting + " " + data;
      Damage.write(checkpoint, (text + " " + text.hashCode()).getBytes());
    }

    private long[] read(Path checkpoint, long setting, long data) {
      String[] parts;
      try {
        parts = Files.readString(checkpoint).split(" ");
      } catch (IOException e) {
        throw UserError.data(checkpoint, "no text");
      }
      if (fault == Fault.TRUSTS_ITS_CHECKPOINT) {
        return new long[] {parts[0].hashCode(), 3};
      }
      String text = String.join(" ", Arrays.copyOf(parts, 4));
      if (parts.length != 5 || !parts[4].equals(String.valueOf(text.hashCode()))) {
        throw UserError.data(checkpoint, "damaged");
      }
      boolean own = parts[2].equals("" + setting) && parts[3].equals("" + data);
      if (!own && fault != Fault.TAKES_ANY_CHECKPOINT) {
        throw UserError.data(checkpoint, "of another training");
      }
      return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
    }
  }
}
