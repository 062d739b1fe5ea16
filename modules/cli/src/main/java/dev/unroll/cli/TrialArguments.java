package dev.unroll.cli;

import dev.unroll.data.Sha256;
import dev.unroll.data.UserError;
import dev.unroll.data.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The options that all trials share, as {@code train} is to be given them. */
final class TrialArguments {
  private TrialArguments() {}

  /** The words of a line; what {@code --set} says is of the trials. */
  static List<String> of(List<OptionSpec> options) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : options) {
      if (option.longestName().equals("--set")) {
        continue;
      }
      if (isYesOrNo(option)) {
        words.add(option.longestName() + "=" + option.getValue());
      } else {
        option
            .originalStringValues()
            .forEach(value -> words.addAll(List.of(option.longestName(), value)));
      }
    }
    return words;
  }

  private static boolean isYesOrNo(OptionSpec option) {
    return option.type() == boolean.class || option.type() == Boolean.class;
  }

  /** By what trials are told from others: the options, and what the files hold that they name. */
  static Map<String, String> shared(List<OptionSpec> options) {
    Map<String, String> shared = new LinkedHashMap<>();
    shared.put("version of Unroll", Version.current());
    for (OptionSpec option : options) {
      if (!option.longestName().equals("--set")) {
        shared.put(option.longestName(), String.join(" ", of(List.of(option))));
        for (Path file : InputFiles.files(option)) {
          shared.put("content of " + file, digest(file));
        }
      }
    }
    return shared;
  }

  /** Of a folder, that of the names and the digests of all its files. */
  private static String digest(Path path) {
    if (!Files.isDirectory(path)) {
      return Sha256.of(path);
    }
    MessageDigest digest = Sha256.create();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String line = Sha256.of(file) + "  " + path.relativize(file) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
    return Sha256.hex(digest);
  }
}
