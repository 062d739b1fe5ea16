package dev.unroll.data.tensors;

import dev.unroll.data.UserError;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code numpy.savez} writes: a zip with an entry {@code NAME.npy} for each array, in the <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format of
 * NumPy</a>.
 */
final class NumpyArchive extends TensorFile {
  private static final String ENDING = ".npy";
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(?<order>[<>|=]?)(?<type>[^']{1,20})', 'fortran_order': (?<columns>True|False),"
              + " 'shape': \\((?<shape>[0-9, ]*)\\),? ?\\}\\s*");

  private final ZipFile zip;
  private final Set<String> names = new TreeSet<>();

  /** What the header of an array says. */
  private record Header(ElementType type, ByteOrder order, boolean columns, List<Integer> shape) {}

  NumpyArchive(Path path) {
    super(path);
    try {
      zip = new ZipFile(path.toFile());
    } catch (IOException e) {
      throw UserError.data(path, "not an .npz file, or a truncated one (" + e.getMessage() + ")");
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entry.getName().endsWith(ENDING)) {
        names.add(entry.getName().substring(0, entry.getName().length() - ENDING.length()));
      }
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  @Override
  Tensor load(String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name + ENDING))) {
      Header header = header(name, in);
      int count = bytes(header.shape(), header.type());
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException("it ends too early");
      }
      float[] values = header.type().decode(ByteBuffer.wrap(bytes).order(header.order()));
      return new Tensor(header.shape(), header.columns() ? byRows(values, header.shape()) : values);
    }
  }

  private Header header(String name, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    int version = in.read();
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3 || in.read() < 0) {
      throw damaged("'" + name + ENDING + "' is no array of NumPy");
    }
    byte[] size = in.readNBytes(version == 1 ? Short.BYTES : Integer.BYTES);
    int length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << Byte.SIZE | size[i] & 0xff;
    }
    if (length < 0 || length > LONGEST_HEADER) {
      throw damaged("the header of '%s' has %d bytes".formatted(name + ENDING, length));
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.matches()) {
      throw damaged("the header of '%s': %s".formatted(name + ENDING, text.strip()));
    }
    String kind = matcher.group("type");
    ElementType type = ElementType.ofNumpy(kind).orElseThrow(() -> refused(name, kind));
    ByteOrder order =
        switch (matcher.group("order")) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    return new Header(
        type, order, matcher.group("columns").equals("True"), shape(matcher.group("shape")));
  }

  private List<Integer> shape(String text) {
    List<Integer> shape = new ArrayList<>();
    for (String size : text.split(",")) {
      if (!size.isBlank()) {
        try {
          shape.add(Integer.parseInt(size.strip()));
        } catch (NumberFormatException e) {
          throw damaged("an array has " + size.strip() + " numbers along an axis");
        }
      }
    }
    return shape;
  }

  /** From the first axis fastest to the last axis fastest. */
  private static float[] byRows(float[] columns, List<Integer> shape) {
    float[] rows = new float[columns.length];
    int[] at = new int[shape.size()];
    for (float value : columns) {
      int place = 0;
      for (int axis = 0; axis < at.length; axis++) {
        place = place * shape.get(axis) + at[axis];
      }
      rows[place] = value;
      for (int axis = 0; axis < at.length && ++at[axis] == shape.get(axis); axis++) {
        at[axis] = 0;
      }
    }
    return rows;
  }

  @Override
  Closeable opened() {
    return zip;
  }
}
