package dev.unroll.data;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Map;
import java.util.TreeMap;
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
    for (var expected : new TreeMap<>(manifest.sha256()).entrySet()) {
      String name = expected.getKey();
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw file.damaged("'" + name + "' is missing");
      }
      try (DigestInputStream in =
          new DigestInputStream(zip.getInputStream(entry), Sha256.create())) {
        long size =
            bounded ? Expansion.size(in, entry) : in.transferTo(OutputStream.nullOutputStream());
        if (size == Expansion.UNBOUNDED) {
          throw file.damaged(
              "'%s' is more than %d times as large as it is packed"
                  .formatted(name, Expansion.LARGEST));
        }
        sizes.put(name, size);
        if (!Sha256.hex(in.getMessageDigest()).equals(expected.getValue())) {
          throw file.damaged("the checksum of '" + name + "' is wrong");
        }
      } catch (IOException e) {
        throw file.damaged("'" + name + "' cannot be read", e);
      }
    }
    return sizes;
  }
}
