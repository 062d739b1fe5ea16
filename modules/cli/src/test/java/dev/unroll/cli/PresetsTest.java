package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetsTest {
  @Test
  void areThoseOfTheFolderBesideTheClass() {
    assertThat(new Presets(PresetsTest.class).names()).containsExactly("toy");
  }

  /** As in a jar that was packed without entries for its folders. */
  @Test
  void areFoundInAJar(@TempDir Path folder) throws Exception {
    String own = PresetsTest.class.getName().replace('.', '/');
    String room = own.substring(0, own.lastIndexOf('/') + 1);
    Path jar = folder.resolve("a space.jar");
    try (InputStream in = PresetsTest.class.getResourceAsStream("PresetsTest.class");
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      put(zip, own + ".class", in.readAllBytes());
      put(zip, room + "presets/b.properties", "x = 1".getBytes());
      put(zip, room + "presets/a.properties", new byte[0]);
      put(zip, room + "presets/readme.txt", new byte[0]);
      put(zip, room + "presets/inner/c.properties", new byte[0]);
      put(zip, room + "other/d.properties", new byte[0]);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Presets presets = new Presets(loader.loadClass(PresetsTest.class.getName()));
      assertThat(presets.names()).containsExactly("a", "b");
      try (InputStream in = presets.open("b")) {
        assertThat(in).hasContent("x = 1");
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
