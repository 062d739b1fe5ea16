package dev.unroll.training;

import dev.unroll.data.Sha256;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The SHA-256 of examples as they were read: of their values, whatever file and options they came
 * from. Records are taken apart into their components; numbers, text and arrays of either count by
 * what they hold, each behind its length, so that no two lists of examples look alike.
 *
 * <p>Other classes count by their {@code toString}, which must say all that matters.
 */
final class ExampleDigest {
  private static final int BUFFER = 1 << 16;

  /** How the components of a record are read, asked for once for each class. */
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .peek(accessor -> accessor.setAccessible(true))
              .toList();
        }
      };

  private final MessageDigest digest = Sha256.create();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  private ExampleDigest() {}

  /** The digest in hexadecimal. */
  static String of(Collection<?> examples) {
    ExampleDigest digest = new ExampleDigest();
    digest.add(examples);
    digest.flush();
    return Sha256.hex(digest.digest);
  }

  private void add(Object value) {
    if (value == null) {
      addInt(-1);
    } else if (value instanceof CharSequence text) {
      addText(text);
    } else if (value instanceof Record example) {
      addRecord(example);
    } else if (value instanceof Collection<?> elements) {
      addInt(elements.size());
      elements.forEach(this::add);
    } else if (value instanceof Optional<?> optional) {
      add(optional.orElse(null));
    } else if (value.getClass().isArray()) {
      addArray(value);
    } else {
      addText(text(value));
    }
  }

  private void addRecord(Record example) {
    for (Method accessor : ACCESSORS.get(example.getClass())) {
      try {
        add(accessor.invoke(example));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(accessor + " cannot be read", e);
      }
    }
  }

  private static String text(Object value) {
    try {
      if (value.getClass().getMethod("toString").getDeclaringClass() == Object.class) {
        throw new IllegalArgumentException(
            "an example holds a "
                + value.getClass().getName()
                + ", which does not say what it holds; make it a record, or give it a toString");
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every class has a toString", e);
    }
    return value.toString();
  }

  private void addArray(Object array) {
    int length = Array.getLength(array);
    addInt(length);
    if (array instanceof float[] values) {
      for (float value : values) {
        addInt(Float.floatToRawIntBits(value));
      }
    } else if (array instanceof double[] values) {
      for (double value : values) {
        addLong(Double.doubleToRawLongBits(value));
      }
    } else if (array instanceof int[] values) {
      for (int value : values) {
        addInt(value);
      }
    } else if (array instanceof byte[] values) {
      flush();
      digest.update(values);
    } else {
      for (int i = 0; i < length; i++) {
        add(Array.get(array, i));
      }
    }
  }

  private void addText(CharSequence text) {
    addInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      room(Character.BYTES).putChar(text.charAt(i));
    }
  }

  private void addInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  private void addLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
