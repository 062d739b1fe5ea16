package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Map<String, String> RUN =
      Map.of("hidden", "8", "threads", "1", "train.sha256", "ab", "dev.sha256", "cd");

  @TempDir private Path folder;
  private Path model;
  private Duration elapsed = Duration.ofSeconds(20);

  @BeforeEach
  void names() {
    model = folder.resolve("m.zip");
  }

  private CheckpointFile file(boolean resume) {
    return new CheckpointFile(model, resume, file -> new CheckpointFile.Work(3, elapsed));
  }

  private void write(String content) {
    file(false).write(RUN, file -> file.text("content.txt", content));
  }

  /** What the checkpoint gives back to a run, or null if there was nothing to go on from. */
  private String read(boolean resume, Map<String, String> run) {
    AtomicReference<String> content = new AtomicReference<>();
    CheckpointFile file = file(resume);
    boolean was = file.read(run, Set.of("threads"), from -> content.set(from.text("content.txt")));
    assertThat(was).isEqualTo(content.get() != null).isEqualTo(file.resumes());
    return content.get();
  }

  private static Map<String, String> changed(String key, String value) {
    Map<String, String> run = new java.util.HashMap<>(RUN);
    run.put(key, value);
    return run;
  }

  @Test
  void givesBackWhatWasWrittenLast() {
    assertThat(read(true, RUN)).isNull();
    write("first");
    write("second");
    assertThat(read(true, RUN)).isEqualTo("second");
    assertThat(read(false, RUN)).isNull();
    assertThat(folder).isDirectoryContaining("glob:**m.zip.checkpoint");
    file(true).delete();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesWhatDiffersSettingsFirst() {
    write("content");
    assertThat(read(true, changed("threads", "7"))).isEqualTo("content");
    Map<String, String> other = changed("hidden", "9");
    other.put("dev.sha256", "ef");
    assertThatThrownBy(() -> read(true, other))
        .isInstanceOf(UserError.class)
        .hasMessage(
            model
                + ".checkpoint: was made with hidden = 8, this run has 9; use the same, or train"
                + " anew without resume");
    assertThatThrownBy(() -> read(true, changed("train.sha256", "x")))
        .hasMessageContaining("made with train.sha256 = ab, this run has x");
    assertThatThrownBy(() -> read(true, changed("layers", "2")))
        .hasMessageContaining("made with layers = none, this run has 2");
  }

  @Test
  void aDamagedOneSaysWhatToDo() throws Exception {
    write("content");
    Path path = file(true).path();
    byte[] bytes = Files.readAllBytes(path);
    for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
      Files.write(path, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> read(true, RUN))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(path + ": ")
          .hasMessageEndingWith("; without resume the training begins anew");
    }
  }

  @Test
  void whatTheTaskRefusesIsDamageToo() {
    write("content");
    assertThatThrownBy(
            () ->
                file(true)
                    .read(
                        RUN,
                        Set.of(),
                        file -> {
                          throw new IOException("epoch must be from 0 to 2, got -1");
                        }))
        .isInstanceOf(UserError.class)
        .hasMessage(
            model
                + ".checkpoint: damaged: epoch must be from 0 to 2, got -1; without resume the"
                + " training begins anew");
  }

  @Test
  void workIsNotThrownAwayWithoutAsking() {
    write("content");
    elapsed = Duration.ofMinutes(125);
    assertThatThrownBy(() -> file(false))
        .isInstanceOf(UserError.class)
        .hasMessage(
            model
                + ".checkpoint holds 125 min of a training that did not end (epoch 3); go on"
                + " with resume, or delete it to begin anew");
    assertThat(read(true, RUN)).isEqualTo("content");
  }

  @Test
  void aFinishedModelIsNotResumed() throws Exception {
    Files.createFile(model);
    assertThatThrownBy(() -> file(true))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("nothing to resume: " + model);
    assertThat(file(false).resumes()).isFalse();
  }
}
