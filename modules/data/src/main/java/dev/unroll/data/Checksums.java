package dev.unroll.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares what a model file holds with what its manifest says of it. */
final class Checksums {
  private Checksums() {}

  /**
   * Reads every entry that the manifest names.
   *
   * @param file for messages
   * @return the number of bytes of each entry, by its name
   * @throws UserError if one is missing, damaged, or much larger than it is packed
   */
  static Map<String, Long> verify(ZipFile zip, Manifest manifest, ModelFile file) {
    boolean bounded = !manifest.task().equals(CheckpointFile.TASK);
    Map<String, Long> sizes = new TreeMap<>();
    for (String name : new TreeMap<>(manifest.sha256()).keySet()) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw file.damaged("'" + name + "' is missing");
      }
      Sum sum = Sum.of(name, manifest);
      try (InputStream in = sum.over(zip.getInputStream(entry))) {
        long size =
            bounded ? Expansion.size(in, entry) : in.transferTo(OutputStream.nullOutputStream());
        if (size == Expansion.UNBOUNDED) {
          throw file.damaged(
              "'%s' is more than %d times as large as it is packed"
                  .formatted(name, Expansion.LARGEST));
        }
        sizes.put(name, size);
        if (!sum.isRight()) {
          throw file.damaged("the checksum of '" + name + "' is wrong");
        }
      } catch (IOException e) {
        throw file.damaged("'" + name + "' cannot be read", e);
      }
    }
    return sizes;
  }

  /** One of the two sums. */
  private interface Sum {
    /** The fast one, if the file has it. */
    static Sum of(String name, Manifest manifest) {
      String crc32c = manifest.crc32c() == null ? null : manifest.crc32c().get(name);
      return crc32c == null ? new Sha(manifest.sha256().get(name)) : new Crc(crc32c);
    }

    InputStream over(InputStream in);

    boolean isRight();
  }

  private record Crc(String expected, CRC32C sum) implements Sum {
    Crc(String expected) {
      this(expected, new CRC32C());
    }

    @Override
    public InputStream over(InputStream in) {
      return new CheckedInputStream(in, sum);
    }

    @Override
    public boolean isRight() {
      return hex(sum).equals(expected);
    }
  }

  private record Sha(String expected, MessageDigest sum) implements Sum {
    Sha(String expected) {
      this(expected, Sha256.create());
    }

    @Override
    public InputStream over(InputStream in) {
      return new DigestInputStream(in, sum);
    }

    @Override
    public boolean isRight() {
      return Sha256.hex(sum).equals(expected);
    }
  }

  /** A sum as manifests give it. */
  static String hex(Checksum sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
