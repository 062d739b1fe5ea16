package dev.unroll.data.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What NumPy wrote, and what a script wrote as safetensors. */
class TensorFileTest {
  private static final int FLIPS = 400;

  @TempDir private Path folder;

  private Path resource(String name) throws IOException {
    try (InputStream in = TensorFileTest.class.getResourceAsStream("/tensors/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  /** 0, ¼, ½ and so on, row after row. */
  private static float[] quarters() {
    float[] values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 4f;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "numpy.npz, double",
    "numpy.npz, single",
    "numpy.npz, big",
    "numpy.npz, columns",
    "kinds.safetensors, double",
    "kinds.safetensors, single",
    "kinds.safetensors, brain"
  })
  void numbersAreThoseThatWereSaved(String file, String name) throws IOException {
    try (TensorFile tensors = TensorFile.open(resource(file))) {
      Tensor tensor = tensors.read(name);
      assertThat(tensor.shape()).containsExactly(2, 3, 2);
      assertThat(tensor.values()).containsExactly(quarters());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy.npz", "kinds.safetensors"})
  void halvesAndSingleNumbersToo(String file) throws IOException {
    try (TensorFile tensors = TensorFile.open(resource(file))) {
      // The subnormal one nearest to 6e-8 is 2^-24, and the normal one nearest to 6.1e-5 is 2^-14 -
      // 2^-24.
      assertThat(tensors.read("half").values())
          .containsExactly(
              1, -2, 65504, 0x1p-24f, 0x1p-14f - 0x1p-24f, 0, Float.POSITIVE_INFINITY, Float.NaN);
      assertThat(tensors.read("scalar").shape()).isEmpty();
      assertThat(tensors.read("scalar").values()).containsExactly(0.5f);
    }
  }

  @Test
  void anArrayMayBeEmpty() throws IOException {
    try (TensorFile tensors = TensorFile.open(resource("numpy.npz"))) {
      assertThat(tensors.read("empty").shape()).containsExactly(0, 3);
      assertThat(tensors.read("empty").values()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numpy.npz | whole | array 'whole' is of i8; floats are read, so save it as such",
        "numpy.npz | objects | array 'objects' is of O; floats are read, so save it as such",
        "kinds.safetensors | whole | array 'whole' is of I64; floats are read, so save it as such",
        "kinds.safetensors | none | no array 'none' in it; there are 6: [brain, double, half, scalar, single, whole]"
      })
  void whatIsNoFloatIsRefused(String file, String name, String message) throws IOException {
    Path path = resource(file);
    try (TensorFile tensors = TensorFile.open(path)) {
      assertThatThrownBy(() -> tensors.read(name))
          .isInstanceOf(UserError.class)
          .hasMessage(path + ": " + message);
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> TensorFile.open(none)).isInstanceOf(UserError.class);
    for (String text : List.of("", "PK", "some text that is no such file", "{}")) {
      Path path = Files.writeString(folder.resolve("text"), text);
      assertThatThrownBy(() -> TensorFile.open(path))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("text: ");
    }
  }

  private Path safetensors(String header, int bytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(Long.BYTES + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(folder.resolve("h.safetensors"), all.putLong(text.length).put(text).array());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 5]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 0]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [-1], \"data_offsets\": [0, 4]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 4]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1e99], \"data_offsets\": [0, 4]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1]}}",
        "{\"a\": {\"shape\": [1], \"data_offsets\": [0, 4]}}"
      })
  void aHeaderThatMakesNoSenseIsRefused(String header) throws IOException {
    Path path = safetensors(header, 4);
    assertThatThrownBy(() -> TensorFile.open(path))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("damaged: its header says nothing sensible of 'a'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2]", "[65536, 65536]", "[2147483647, 2147483647, 2147483647]"})
  void aShapeOfOtherBytesIsRefused(String shape) throws IOException {
    String header = "{\"a\": {\"dtype\": \"F32\", \"shape\": SHAPE, \"data_offsets\": [0, 4]}}";
    try (TensorFile tensors = TensorFile.open(safetensors(header.replace("SHAPE", shape), 4))) {
      assertThatThrownBy(() -> tensors.read("a"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("damaged: array 'a'");
    }
  }

  /** It says that it has eight thousand million numbers, and has none. */
  @Test
  void anArrayThatIsSmallerThanItSaysIsRefused() throws IOException {
    for (String shape : List.of("(80000, 100000)", "(500000000,)", "(99999999999,)")) {
      String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        zip.putNextEntry(new ZipEntry("a.npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        zip.write(new byte[] {(byte) header.length(), 0});
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
      }
      Path path = Files.write(folder.resolve("a.npz"), bytes.toByteArray());
      try (TensorFile tensors = TensorFile.open(path)) {
        assertThatThrownBy(() -> tensors.read("a"))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("damaged: a");
      }
    }
  }

  /** A byte is changed, or the end is cut off: read, or refused, and never worse. */
  @ParameterizedTest
  @ValueSource(strings = {"numpy.npz", "kinds.safetensors"})
  void damageIsRefusedOrHarmless(String file) throws IOException {
    byte[] whole = Files.readAllBytes(resource(file));
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(i % 2 == 0 ? whole.length : 200)] ^= 1 << random.nextInt(8);
      int length = i % 4 == 0 ? random.nextInt(whole.length) : whole.length;
      Path path = Files.write(folder.resolve("d"), Arrays.copyOf(damaged, length));
      try (TensorFile tensors = TensorFile.open(path)) {
        for (String name : List.copyOf(tensors.names())) {
          try {
            assertThat(tensors.read(name).values().length).isLessThan(whole.length);
          } catch (UserError e) {
            refused++;
          }
        }
      } catch (UserError e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(FLIPS / 4);
  }
}
