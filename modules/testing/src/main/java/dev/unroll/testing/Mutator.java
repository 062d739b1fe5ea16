package dev.unroll.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes at random, also by words that mean something in the formats that are read here. */
final class Mutator {
  private static final int LONGEST = 1 << 16;

  private static final String[] WORDS = {
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\uFEFF",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "__label__",
    "__label__a __label__b ",
    "-DOCSTART-",
    "-DOCSTART- O\n",
    "B-",
    "I-PER",
    "E-",
    "S-X",
    "U-X",
    "O",
    "0",
    "-1",
    "2147483648",
    "-9223372036854775809",
    "1e999",
    "1e-999999999",
    "NaN",
    "Infinity",
    "-0",
    "999999999999",
    " ",
    "  ",
    "\u00A0",
    "\u2028",
    "\u0085",
    "\u200d",
    "\u202e",
    "\u0301",
    "\uD83D\uDE00",
    "null",
    "true",
    "\"spans\"",
    "\"start\":",
    "\"end\":",
    "\"type\":",
    "\"label\":",
    "\"text\":",
    "\"source\":",
    "\"target\":",
    "<UNK>\t0\n",
    "<UNK>",
    "#",
    "=",
    ":",
    ";",
    ",",
    "/",
    "http://",
    "www.a",
    "a@b.c",
    "'s",
    "n't",
    ":-)",
    "<br />",
    "<!--",
    "</",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "3 4\n",
    "1 1\n",
    "0 0\n",
    "999999999999 999999\n",
    "\u0130",
    "\u00DF",
    "\uFDFA",
    "\uD834\uDD1E"
  };

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** One to a dozen changes, some by pieces of {@code other}. */
  byte[] mutate(byte[] bytes, byte[] other) {
    byte[] changed = bytes.clone();
    int times = 1 + (random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(3));
    for (int i = 0; i < times; i++) {
      changed = once(changed, other);
      if (changed.length > LONGEST) {
        changed = Arrays.copyOf(changed, LONGEST);
      }
    }
    return changed;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    int at = random.nextInt(bytes.length + 1);
    int rest = bytes.length - at;
    return switch (random.nextInt(9)) {
      case 0 -> replace(bytes, at, (byte) (1 << random.nextInt(8)));
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> splice(bytes, at, Math.min(rest, 1 + random.nextInt(16)), new byte[0]);
      case 3, 4, 5 -> splice(bytes, at, random.nextBoolean() ? 0 : Math.min(rest, 3), word());
      case 6 -> splice(bytes, at, 0, repeated(bytes, at, Math.min(rest, 1 + random.nextInt(40))));
      case 7 -> splice(bytes, at, 0, noise());
      default -> splice(bytes, at, 0, piece(other));
    };
  }

  private static byte[] replace(byte[] bytes, int at, byte bits) {
    if (at < bytes.length) {
      bytes[at] ^= bits;
    }
    return bytes;
  }

  private byte[] word() {
    return WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private byte[] repeated(byte[] bytes, int at, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int times = 1 + (random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(4));
    for (int i = 0; i < times; i++) {
      out.write(bytes, at, length);
    }
    return out.toByteArray();
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(8)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] piece(byte[] other) {
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(200)));
  }

  private static byte[] splice(byte[] bytes, int at, int dropped, byte[] by) {
    byte[] all = new byte[bytes.length - dropped + by.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(by, 0, all, at, by.length);
    System.arraycopy(bytes, at + dropped, all, at + by.length, bytes.length - at - dropped);
    return all;
  }
}
