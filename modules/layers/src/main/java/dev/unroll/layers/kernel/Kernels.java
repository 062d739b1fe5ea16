package dev.unroll.layers.kernel;

import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.OpenMp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels of this process, and which of them computes.
 *
 * <p>Unless one is named, the fastest that the machine can load is taken. It can be named by {@link
 * #use}, by the system property {@code unroll.kernel}, or by the environment variable {@code
 * UNROLL_KERNEL}, in this order. A kernel that is named and cannot be loaded, or cannot compute a
 * network's cell in its type, is replaced by the next best, and a warning says so once. Where none
 * is named, {@link Precision} may ask for the one that computes in bfloat16.
 */
public final class Kernels {
  /** System property that names the kernel. */
  public static final String PROPERTY = "unroll.kernel";

  private static final String ENVIRONMENT = "UNROLL_KERNEL";
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  /** Those that brought them, the highest rank first. */
  private static final List<KernelProvider> PROVIDERS =
      ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(
              Comparator.comparingInt(KernelProvider::rank)
                  .reversed()
                  .thenComparing(KernelProvider::name))
          .toList();

  /** By name, the fastest first. */
  private static final Map<String, RecurrentKernel> AVAILABLE = new LinkedHashMap<>();

  private static final Map<String, String> FAILURES = new LinkedHashMap<>();

  private static final List<String> WARNED = new ArrayList<>();
  private static String named;

  static {
    OpenMp.load();
    PROVIDERS.forEach(Kernels::load);
    named = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
  }

  private Kernels() {}

  private static void load(KernelProvider provider) {
    try {
      AVAILABLE.put(provider.name(), provider.load());
    } catch (LinkageError | RuntimeException e) {
      FAILURES.put(
          provider.name(), e instanceof IllegalStateException ? e.getMessage() : e.toString());
    }
  }

  /** The names of the kernels that this machine can load, the fastest first. */
  public static synchronized List<String> available() {
    return List.copyOf(AVAILABLE.keySet());
  }

  /**
   * Names the kernel for layers that have not computed yet.
   *
   * @param name one of {@link #available}, or null for the fastest
   */
  public static synchronized void use(String name) {
    if (name != null && !AVAILABLE.containsKey(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "no kernel \"" + name + "\"; this machine has " + AVAILABLE.keySet());
    }
    named = name;
    Gemm.use(null); // until a layer asks for the kernel
  }

  /**
   * The kernel for this cell in a network of this type, and from now on for the products of the
   * network's other layers, if it computes those; for who computes with arrays of ND4J.
   *
   * @throws IllegalStateException if ND4J keeps its arrays on a GPU
   */
  public static RecurrentKernel get(Cell cell, DataType type) {
    requireMainMemory(Nd4j.getBackend().getClass().getSimpleName());
    return withoutArrays(cell, type);
  }

  /** The same for who computes with memory of its own, for which ND4J need not be loaded. */
  public static synchronized RecurrentKernel withoutArrays(Cell cell, DataType type) {
    RecurrentKernel kernel = choose(cell, type);
    if (type == DataType.FLOAT) {
      Gemm.use(kernel.products());
    }
    return kernel;
  }

  /**
   * The fastest of this module's own kernels, for one of another that leaves some work to the
   * processor.
   */
  public static synchronized RecurrentKernel onProcessor(Cell cell, DataType type) {
    return PROVIDERS.stream()
        .filter(provider -> provider.rank() < KernelProvider.ADDED)
        .map(provider -> AVAILABLE.get(provider.name()))
        .filter(kernel -> kernel != null && kernel.supports(cell, type))
        .findFirst()
        .orElseThrow();
  }

  private static RecurrentKernel choose(Cell cell, DataType type) {
    boolean narrow =
        named == null && type == DataType.FLOAT && Precision.chosen() == Precision.BFLOAT16;
    String name = narrow ? Precision.BFLOAT16_KERNEL : named;
    RecurrentKernel wanted = name == null ? null : AVAILABLE.get(name.toLowerCase(Locale.ROOT));
    if (wanted != null && wanted.supports(cell, type)) {
      return wanted;
    }
    RecurrentKernel best =
        AVAILABLE.values().stream()
            .filter(kernel -> kernel.supports(cell, type))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no kernel of %s computes %s in %s"
                            .formatted(AVAILABLE.keySet(), cell, type)));
    if (named != null) {
      warn(
          "Kernel {} {}; recurrent layers compute with {}.",
          named,
          wanted == null ? reason(named) : lacks(wanted, cell, type),
          best.name());
    } else {
      sayWhyNotFaster(cell, type, best);
    }
    return best;
  }

  /**
   * All our layers read and write arrays in main memory, {@link
   * dev.unroll.layers.memory.NativeMemory}. On its CUDA backend ND4J gives an address there too,
   * but neither brings it up to date nor notices what is written: the numbers would be wrong, and
   * nothing would say so.
   */
  static void requireMainMemory(String backend) {
    if (!backend.equals("CpuBackend")) {
      throw new IllegalStateException(
          "arrays of ND4J's %s do not lie in main memory, where Unroll's layers compute; use nd4j-native, and the kernels of unroll-cuda for a GPU"
              .formatted(backend));
    }
  }

  private static void sayWhyNotFaster(Cell cell, DataType type, RecurrentKernel best) {
    for (KernelProvider provider : PROVIDERS) {
      String name = provider.name();
      if (name.equals(best.name())) {
        return;
      }
      boolean failed = FAILURES.containsKey(name);
      // Nobody asked for this module's own, so what they leave out is no news.
      if (failed || provider.rank() >= KernelProvider.ADDED) {
        warn(
            "Kernel {} {}; recurrent layers compute with {}, which is slower.",
            name,
            failed ? reason(name) : lacks(AVAILABLE.get(name), cell, type),
            best.name());
      }
    }
  }

  private static String lacks(RecurrentKernel kernel, Cell cell, DataType type) {
    boolean other = cell == Cell.GRU && kernel.supports(Cell.GRU_RESET_AFTER, type);
    return "does not compute %s in %s%s"
        .formatted(cell, type, other ? ", but " + Cell.GRU_RESET_AFTER : "");
  }

  /** Why a kernel could not be loaded. */
  static synchronized String failure(String name) {
    return FAILURES.getOrDefault(name, "there is no kernel " + name);
  }

  private static String reason(String name) {
    String failure = FAILURES.get(name.toLowerCase(Locale.ROOT));
    return failure == null
        ? "is unknown, there are " + AVAILABLE.keySet()
        : "could not be loaded (" + failure + ")";
  }

  private static void warn(String message, String name, String reason, String instead) {
    if (!WARNED.contains(name + reason)) {
      WARNED.add(name + reason);
      LOG.warn(message, name, reason, instead);
    }
  }

  /** A line for each kernel: its name, and its version or why it could not be loaded. */
  public static synchronized List<String> describe() {
    List<String> lines = new ArrayList<>();
    RecurrentKernel used = get(Cell.LSTM, DataType.FLOAT);
    AVAILABLE.forEach(
        (name, kernel) ->
            lines.add(name + ": " + kernel + (kernel == used ? " (computes the LSTM)" : "")));
    FAILURES.forEach((name, failure) -> lines.add(name + ": could not be loaded: " + failure));
    return lines;
  }
}
