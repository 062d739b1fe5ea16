package dev.unroll.data.tensors;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.unroll.data.UserError;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of <a href="https://github.com/huggingface/safetensors">safetensors</a>:
 *
 * <pre>
 *   8 bytes    n, little-endian
 *   n bytes    JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
 *   the rest   numbers, little-endian, at their offsets
 * </pre>
 */
final class SafetensorsFile extends TensorFile {
  private static final int PREFIX = Long.BYTES;

  /** As the format's own reader has it. */
  private static final int LONGEST_HEADER = 100_000_000;

  private static final String ABOUT = "__metadata__";

  private final FileChannel channel;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final long numbers;

  private record Entry(String type, List<Integer> shape, long from, long to) {}

  SafetensorsFile(Path path) {
    super(path);
    FileChannel open = null;
    try {
      open = FileChannel.open(path);
      this.channel = open;
      long length = open.size() < PREFIX ? -1 : read(0, PREFIX).getLong();
      if (length < 2 || length > Math.min(open.size() - PREFIX, LONGEST_HEADER)) {
        throw UserError.data(path, "neither safetensors nor .npz, or truncated");
      }
      this.numbers = PREFIX + length;
      readHeader(StandardCharsets.UTF_8.decode(read(PREFIX, (int) length)).toString(), open.size());
    } catch (IOException e) {
      close(open, e);
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    } catch (UserError e) {
      close(open, e);
      throw e;
    }
  }

  private void readHeader(String header, long size) {
    JsonObject all;
    try {
      all = JsonParser.parseString(header).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
      throw damaged("its header is no JSON object");
    }
    for (Map.Entry<String, JsonElement> one : all.entrySet()) {
      if (!one.getKey().equals(ABOUT)) {
        try {
          entries.put(one.getKey(), entry(one.getValue().getAsJsonObject(), size - numbers));
        } catch (RuntimeException e) { // a member that is missing, or of another type
          throw damaged("its header says nothing sensible of '" + one.getKey() + "'");
        }
      }
    }
  }

  private static Entry entry(JsonObject json, long size) {
    List<Integer> shape = new ArrayList<>();
    for (JsonElement along : json.getAsJsonArray("shape")) {
      shape.add(whole(along, Integer.MAX_VALUE).intValue());
    }
    var offsets = json.getAsJsonArray("data_offsets");
    long to = whole(offsets.get(1), size);
    long from = whole(offsets.get(0), to);
    return new Entry(json.get("dtype").getAsString(), shape, from, to);
  }

  private static Long whole(JsonElement number, long largest) {
    long value = number.getAsBigDecimal().longValueExact();
    if (value < 0 || value > largest) {
      throw new IllegalArgumentException("from 0 to " + largest + ", got " + value);
    }
    return value;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  Tensor load(String name) throws IOException {
    Entry entry = entries.get(name);
    ElementType type =
        ElementType.ofSafetensors(entry.type()).orElseThrow(() -> refused(name, entry.type()));
    int bytes = bytes(entry.shape(), type);
    if (bytes != entry.to() - entry.from()) {
      throw damaged(
          "array '%s' of shape %s has %d bytes"
              .formatted(name, entry.shape(), entry.to() - entry.from()));
    }
    return new Tensor(entry.shape(), type.decode(read(numbers + entry.from(), bytes)));
  }

  private ByteBuffer read(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.flip();
  }

  private static void close(FileChannel channel, Exception failure) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  Closeable opened() {
    return channel;
  }
}
