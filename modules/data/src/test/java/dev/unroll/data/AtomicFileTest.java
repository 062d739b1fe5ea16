package dev.unroll.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AtomicFileTest {
  @TempDir Path folder;

  private String[] names() {
    String[] names = folder.toFile().list();
    java.util.Arrays.sort(names);
    return names;
  }

  private Path old(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "old");
  }

  private static void refused(Path target, String reason) {
    assertThatThrownBy(() -> AtomicFile.create(target))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> AtomicFile.check(target)).hasMessageContaining(reason);
  }

  private static void made(Path node, String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " is not there");
      return;
    }
    assumeTrue(process.waitFor() == 0 && Files.exists(node), command[0] + " may not make it");
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    made(pipe, "mkfifo", pipe.toString());
    return pipe;
  }

  private Path device() throws Exception {
    Path device = folder.resolve("null");
    made(device, "mknod", device.toString(), "c", "1", "3");
    return device;
  }

  @Test
  void theOldFileStaysUntilTheNewIsWhole() throws IOException {
    Path file = old("m");
    try (AtomicFile dropped = AtomicFile.create(file)) {
      dropped.out().write("half".getBytes(UTF_8));
    }
    assertThat(file).hasContent("old");
    try (AtomicFile written = AtomicFile.create(file)) {
      written.out().write("new".getBytes(UTF_8));
      written.out().flush();
      assertThat(file).hasContent("old");
      written.commit();
    }
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void failingContentLeavesTheOldFile() throws IOException {
    Path file = old("m");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ": cannot be written (No space left on device)");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void aLinkIsFollowedAndStays() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "old");
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("elsewhere/file"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), first);
    AtomicFile.write(second, "new");
    assertThat(file).hasContent("new");
    Path dangling = Files.createSymbolicLink(folder.resolve("d"), Path.of("elsewhere/made"));
    AtomicFile.write(dangling, "made");
    assertThat(elsewhere.resolve("made")).hasContent("made");
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(dangling).isSymbolicLink();
    assertThat(names()).containsExactly("d", "elsewhere", "first", "second");
    assertThat(elsewhere.toFile().list()).containsExactlyInAnyOrder("file", "made");
  }

  @Test
  void linksThatLeadNowhereAreRefused() throws IOException {
    Path a = folder.resolve("a");
    Path b = Files.createSymbolicLink(folder.resolve("b"), a);
    Files.createSymbolicLink(a, b);
    refused(a, "circle");
    refused(Files.createSymbolicLink(folder.resolve("c"), Path.of("no/c")), "does not exist");
  }

  @Test
  void aHardLinkKeepsTheOldContent() throws IOException {
    Path file = old("m");
    Path link = Files.createLink(folder.resolve("link"), file);
    AtomicFile.write(file, "new");
    assertThat(link).hasContent("old");
  }

  @Test
  void foldersAreRefusedAndStay() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(empty, "is a directory");
    refused(Files.createSymbolicLink(folder.resolve("link"), empty), "is a directory");
    refused(Path.of("/"), "is a directory");
    refused(folder.resolve("no").resolve("m"), "the directory does not exist");
    assertThatThrownBy(() -> AtomicFile.write(empty, "x")).hasMessageContaining("is a directory");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void pipesAndDevicesAreNeverReplaced() throws Exception {
    Path pipe = pipe();
    refused(pipe, "is a device or a pipe");
    refused(Files.createSymbolicLink(folder.resolve("link"), pipe), "is a device or a pipe");
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                return e.toString();
              }
            });
    AtomicFile.write(pipe, "through");
    assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("through");
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(names()).containsExactly("link", "pipe");
  }

  @Test
  void devicesAreNeverReplaced() throws Exception {
    Path device = device();
    refused(device, "is a device or a pipe");
    AtomicFile.write(device, "nowhere");
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(names()).containsExactly("null");
  }

  @Test
  void anOpenFileOfAProcessIsAStreamWhereverItLeads() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd/1")));
    refused(Path.of("/dev/stdout"), "is a device or a pipe");
    refused(Path.of("/dev/fd/1"), "is a device or a pipe");
    Path log = old("log");
    Path open = folder.resolve("open");
    try (var file = new java.io.FileOutputStream(log.toFile(), true);
        var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.exists(descriptor) && Files.isSameFile(descriptor, log)) {
          Files.createSymbolicLink(open, descriptor);
        }
      }
      AtomicFile.write(open, " and new");
      file.write('!');
    }
    assertThat(log).hasContent("old and new!");
  }

  @Test
  void aFileOfTheUserIsNotTakenForOneThatWasLeft() throws IOException {
    old("m.part");
    old("m.unroll-0123456789ab.partial");
    old("other.unroll-0123456789ab.part");
    old("mxunroll-0123456789abxpart");
    Path linked = old("kept");
    Files.createSymbolicLink(folder.resolve("m.unroll-0123456789cd.part"), linked);
    String[] before = names();
    AtomicFile.write(old("m"), "new");
    assertThat(names()).contains(before);
    assertThat(linked).hasContent("old");
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndWhatALivingOneWritesIsNot() throws Exception {
    Path file = folder.resolve("m");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String[] command = {
      java, "-cp", System.getProperty("java.class.path"), Forever.class.getName(), file.toString()
    };
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('b');
      AtomicFile.write(file, "mine");
      assertThat(names()).hasSize(2).contains("m");
      process.destroyForcibly().waitFor();
      assertThat(names()).hasSize(2);
      AtomicFile.write(file, "mine again");
      assertThat(names()).containsExactly("m");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Begins a file and never ends. */
  static final class Forever {
    public static void main(String[] args) throws Exception {
      try (AtomicFile file = AtomicFile.create(Path.of(args[0]))) {
        file.out().write(1);
        file.out().flush();
        System.out.write('b');
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void twoMayWriteOneFileAndTheLastWins() throws IOException {
    Path file = folder.resolve("m");
    Path sameFolder = Files.createSymbolicLink(folder.resolve("same"), folder);
    try (AtomicFile one = AtomicFile.create(file);
        AtomicFile two = AtomicFile.create(sameFolder.resolve("m"))) {
      one.out().write("one".getBytes(UTF_8));
      two.out().write("two".getBytes(UTF_8));
      two.commit();
      one.commit();
    }
    assertThat(file).hasContent("one");
    assertThat(names()).containsExactly("m", "same");
  }

  @Test
  void anInterruptedThreadWritesToo() {
    Path file = folder.resolve("m");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, "all");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("all");
  }

  @Test
  void aFullDiskIsNoticedBeforehand() {
    Path file = folder.resolve("m");
    AtomicFile.checkRoom(file, 1000);
    assertThatThrownBy(() -> AtomicFile.checkRoom(file, Long.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("free some space");
    assertThat(names()).isEmpty();
  }
}
