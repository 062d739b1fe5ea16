package dev.unroll.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** All classes of the house but its tests, and the parts that the rules speak of. */
final class House {
  static final String ROOT = "dev.unroll";

  /** The tasks that there are or will be. */
  static final List<String> TASKS =
      List.of(
          "sentiment",
          "ner",
          "charlm",
          "embeddings",
          "translation",
          "speech",
          "activity",
          "dna",
          "music");

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** Any class of a task. */
  static final DescribedPredicate<JavaClass> OF_A_TASK =
      resideInAnyPackage(TASKS.stream().map(House::within).toArray(String[]::new))
          .as("classes of a task");

  private static final DescribedPredicate<JavaClass> COMMAND_LINE =
      resideInAnyPackage(within("cli"), "picocli..");

  /**
   * The part of a task that needs the command line, which who imports the task need not have: its
   * verbs and options.
   */
  static final DescribedPredicate<JavaClass> DOOR =
      OF_A_TASK
          .and(
              describe(
                  "that need the command line",
                  type ->
                      type.getDirectDependenciesFromSelf().stream()
                          .anyMatch(use -> COMMAND_LINE.test(use.getTargetClass()))))
          .as("verbs and options of a task");

  /** What an application imports: it neither prints nor exits, and knows no options. */
  static final DescribedPredicate<JavaClass> LIBRARY =
      DescribedPredicate.not(
              DOOR.or(
                  resideInAnyPackage(
                      within("cli"),
                      within("doctor"),
                      within("server"),
                      within("testing"),
                      within("benchmarks"))))
          .as("libraries");

  private House() {}

  /** A package of the house and those below it. */
  static String within(String name) {
    return ROOT + "." + name + "..";
  }

  /** The name of the class within whose file a class stands. */
  static String file(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getName();
  }
}
