package dev.unroll.layers.memory;

import java.net.URL;
import org.bytedeco.javacpp.Loader;

/**
 * The OpenMP runtime of a process, of which the jars of ND4J and of oneDNN bring one each.
 *
 * <p>JavaCPP loads the one that it meets first, and leaves a link to it in place of the other in
 * its cache of unpacked libraries, which all processes of a user share. If some of them met one
 * first and some the other, each would unpack again what the one before had replaced, and one that
 * starts meanwhile could load half a library, which ends it with SIGBUS. So ND4J's comes first,
 * whether ND4J is loaded or not.
 */
public final class OpenMp {
  private static final String FOLDER = "org/nd4j/linalg/cpu/nativecpu/bindings/";

  /** As the presets of ND4J and of oneDNN call it. */
  private static final String NAME = "gomp@.1";

  private OpenMp() {}

  /** Loads ND4J's, if it is on the class path and none was loaded. */
  public static void load() {
    String resource = FOLDER + Loader.getPlatform() + "/" + System.mapLibraryName("gomp") + ".1";
    URL library = OpenMp.class.getClassLoader().getResource(resource);
    if (library != null) {
      Loader.loadLibrary(OpenMp.class, new URL[] {library}, NAME);
    }
  }
}
