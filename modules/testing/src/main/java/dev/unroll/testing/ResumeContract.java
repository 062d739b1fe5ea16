package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is stopped leaves a checkpoint, from which it goes on to the model that it would
 * have written undisturbed, to the byte; from a checkpoint that is damaged or not its own it does
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ResumeContract {
  private static final BooleanSupplier NEVER = () -> false;

  private Path folder;
  private byte[] undisturbed;

  /** A training: always of the same data with the same settings, seed and all. */
  @FunctionalInterface
  public interface Course {
    /**
     * Trains and writes the model.
     *
     * @param resume whether to go on from the checkpoint beside {@code target}
     * @param stop asked between steps whether to end
     * @return whether it came to its end, rather than being stopped
     */
    boolean run(Path target, boolean resume, BooleanSupplier stop);
  }

  /** The training; it should use what is random, such as dropout, and take an epoch or more. */
  protected abstract Course course();

  /** The same with another setting that matters, such as the learning rate. */
  protected abstract Course otherSettings();

  /** The same of other data. */
  protected abstract Course otherData();

  /**
   * Sequences of numbers of questions after which the training is stopped, and stopped again once
   * it went on; all fewer than it asks on its way to the end.
   */
  protected int[][] stops() {
    return new int[][] {{1}, {3, 2, 4}};
  }

  /** Where the checkpoint of the training that writes {@code target} lies. */
  protected Path checkpoint(Path target) {
    return target.resolveSibling(target.getFileName() + ".checkpoint");
  }

  /** Whether a checkpoint with a bit changed can be told from a sound one. */
  protected boolean isChecksummed() {
    return true;
  }

  @BeforeAll
  void prepare(@TempDir Path temporary) {
    folder = temporary;
    Path target = folder.resolve("undisturbed.zip");
    assertThat(course().run(target, false, NEVER)).isTrue();
    assertThat(checkpoint(target)).doesNotExist();
    undisturbed = Damage.bytes(target);
  }

  @Test
  void aStoppedTrainingGoesOnToTheSameBytes() {
    for (int[] stops : stops()) {
      Path target = folder.resolve("stopped" + stops[0] + ".zip");
      boolean resume = false;
      for (int steps : stops) {
        stop(target, resume, steps);
        resume = true;
      }
      assertThat(course().run(target, true, NEVER)).isTrue();
      assertThat(Damage.bytes(target)).as("stopped after %s", stops).isEqualTo(undisturbed);
      assertThat(checkpoint(target)).doesNotExist();
    }
  }

  @Test
  void withoutResumingItBeginsAnew() {
    Path target = stopped("anew");
    assertThat(course().run(target, false, NEVER)).isTrue();
    assertThat(Damage.bytes(target)).isEqualTo(undisturbed);
    assertThat(checkpoint(target)).doesNotExist();
  }

  @Test
  void thereIsNothingToResumeOnceTheModelIsWritten() {
    Path target = folder.resolve("finished.zip");
    assertThat(course().run(target, false, NEVER)).isTrue();
    assertThatThrownBy(() -> course().run(target, true, NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing to resume")
        .hasMessageContaining(target.toString());
    assertThat(Damage.bytes(target)).isEqualTo(undisturbed);
  }

  @Test
  void aCheckpointOfOtherDataOrSettingsIsRefused() {
    for (Course other : new Course[] {otherSettings(), otherData()}) {
      Path target = stopped("other");
      byte[] before = Damage.bytes(checkpoint(target));
      Runnable resume = () -> other.run(target, true, NEVER);
      assertThat(Damage.refusal("another training", checkpoint(target), resume)).isPresent();
      assertThat(target).doesNotExist();
      assertThat(Damage.bytes(checkpoint(target))).isEqualTo(before);
    }
  }

  @Test
  void aCheckpointThatWasCutOffIsRefused() {
    Path target = stopped("cut");
    Map<String, byte[]> cuts = Damage.cuts(Damage.bytes(checkpoint(target)));
    assertThat(refused(target, cuts)).isEqualTo(cuts.size());
  }

  /** A change may not matter, as one in a date; then the model is the same. Most do matter. */
  @Test
  void aCheckpointWithABitChangedIsRefused() {
    assumeThat(isChecksummed()).as("the format has no checksum").isTrue();
    Path target = stopped("flip");
    Map<String, byte[]> flips = Damage.flips(Damage.bytes(checkpoint(target)));
    assertThat(refused(target, flips)).isGreaterThan(flips.size() / 2);
  }

  /** Of how many damages nothing came but a line for the user. */
  private int refused(Path target, Map<String, byte[]> damages) {
    int refused = 0;
    for (var damage : damages.entrySet()) {
      Damage.write(checkpoint(target), damage.getValue());
      Runnable resume = () -> course().run(target, true, NEVER);
      if (Damage.refusal(damage.getKey(), checkpoint(target), resume).isPresent()) {
        refused++;
        assertThat(target).as(damage.getKey()).doesNotExist();
      } else {
        assertThat(Damage.bytes(target)).as(damage.getKey()).isEqualTo(undisturbed);
        assertThat(target.toFile().delete()).isTrue();
      }
    }
    return refused;
  }

  private Path stopped(String name) {
    Path target = folder.resolve(name + ".zip");
    stop(target, false, stops()[0][0]);
    return target;
  }

  private void stop(Path target, boolean resume, int steps) {
    AtomicInteger left = new AtomicInteger(steps);
    boolean finished = course().run(target, resume, () -> left.decrementAndGet() <= 0);
    assertThat(finished).as("finished before question %d", steps).isFalse();
    assertThat(target).doesNotExist();
    assertThat(checkpoint(target)).isNotEmptyFile();
  }
}
