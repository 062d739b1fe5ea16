package dev.unroll.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The classes of a run as the JVM can map them into memory, instead of reading, checking and
 * linking each of thousands anew (class data sharing), which spares a short run some of its time.
 *
 * <p>The launcher starts Java with the archive of a task if there is one. If there is none for this
 * build and this Java, it says in {@value #PROPERTY} where it should lie, and the first verb that
 * reads a model and succeeds writes it, after its answers. A training does not: it loads more, and
 * lasts. The JVM itself refuses an archive of other jars or another Java, and starts without. It is
 * written beside its place and moved there whole, so that of several runs at once the last one wins
 * and none reads half a file.
 */
final class ClassArchive {
  /** Where to write one; the launcher also gives {@code -XX:+RecordDynamicDumpInfo}. */
  static final String PROPERTY = "unroll.archive";

  /** More than any archive takes. The JVM, if a disk is full, ends instead of saying so. */
  private static final long ROOM = 256 << 20;

  /** In the tree of classes each is followed by a slash and the address of its loader. */
  private static final Pattern NAME = Pattern.compile("([\\w.$]+)/(?:0x[0-9a-f]+|null)");

  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

  private ClassArchive() {}

  /** Writes the archive if the launcher asks for one and this run is a good example of others. */
  static void afterRun(CommandLine line) {
    String target = System.getProperty(PROPERTY);
    if (target != null && isExample(line.getParseResult())) {
      try {
        write(Path.of(target));
      } catch (IOException | JMException | RuntimeException e) {
        LOG.info(
            "No archive of classes was written; the next start is no faster: {}", e.toString());
      }
    }
  }

  /** What only shows help loads next to nothing. */
  private static boolean isExample(ParseResult parsed) {
    ParseResult verb = parsed;
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
    }
    return !verb.isUsageHelpRequested()
        && !verb.isVersionHelpRequested()
        && verb.commandSpec().mixins().values().stream()
            .map(CommandSpec::userObject)
            .anyMatch(ModelOptions.class::isInstance);
  }

  /**
   * Writes the classes that are loaded now.
   *
   * @throws IOException if the place has no room or cannot be written
   * @throws JMException if this Java cannot do it
   */
  static void write(Path target) throws IOException, JMException {
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).getUsableSpace() < ROOM) {
      throw new IOException(folder + " has less than " + ROOM + " bytes free");
    }
    Path fresh = folder.resolve(target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      linkAll();
      dump(fresh);
      try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.READ)) {
        file.force(true); // the JVM maps it unseen, and a power cut must not leave half of it
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** What {@code jcmd} does with VM.cds, which also prints to standard output. */
  private static void dump(Path to) throws JMException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      diagnose("vmCds", "dynamic_dump", "\"" + to + "\"");
    } finally {
      System.setOut(out);
    }
  }

  /**
   * Links all classes that are loaded. The JVM archives linked ones only, and of many no more was
   * used than the name, or a constant.
   */
  private static void linkAll() throws JMException {
    ClassLoader loader = ClassArchive.class.getClassLoader();
    Matcher names = NAME.matcher(diagnose("vmClassHierarchy"));
    while (names.find()) {
      try {
        Class.forName(names.group(1), false, loader).getDeclaredMethods(); // which links it
      } catch (ClassNotFoundException | LinkageError e) {
        // Of another loader, made at run time, or with parts that are not on the class path.
        LOG.trace("Not archived: {}", e.toString());
      }
    }
  }

  private static String diagnose(String command, String... arguments) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
  }
}
