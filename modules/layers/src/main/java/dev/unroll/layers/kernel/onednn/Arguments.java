package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.memory.Slab;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;

/**
 * What a primitive is called with, by the names of oneDNN. The objects of the library are made once
 * and told of new addresses: to make and free them takes longer than a small product.
 */
final class Arguments {
  private final IntMemoryMap map = new IntMemoryMap();
  private final Map<Integer, Argument> arguments = new HashMap<>();

  private static final class Argument {
    memory memory;
    long address;
  }

  /** Puts values that lie in a slab; the description is that of all calls with this name. */
  void put(int name, memory.desc desc, Slab slab) {
    Argument argument = arguments.computeIfAbsent(name, n -> new Argument());
    if (argument.memory == null) {
      argument.memory = new memory(desc, OneDnn.ENGINE, slab.pointer());
      map.put(name, argument.memory);
    } else if (argument.address != slab.address()) {
      argument.memory.set_data_handle(slab.pointer());
    }
    argument.address = slab.address();
  }

  /** Puts what has an object of its own. */
  void put(int name, memory memory) {
    Argument argument = arguments.computeIfAbsent(name, n -> new Argument());
    if (argument.memory != memory) {
      argument.memory = memory;
      map.put(name, memory);
    }
  }

  /** For the call. */
  IntMemoryMap map() {
    return map;
  }
}
