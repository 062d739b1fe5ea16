package dev.unroll.layers.kernel.onednn;

import java.util.LinkedHashMap;
import java.util.Map;

/** Code by what it was made for, of which only that used last is kept. */
final class LastUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /** Nothing yet, and never more than so many. */
  LastUsed(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
