package dev.unroll.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which way the arrows run between the modules, and between the rooms of one. */
class ArrowsTest {
  private static final DescribedPredicate<JavaClass> NETWORKS =
      resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.datavec..", "org.bytedeco..")
          .as("are of Deeplearning4j or what it brings");

  /** So that no rule holds for want of classes. */
  @Test
  void allOfTheHouseIsLookedAt() {
    assertThat(House.CLASSES.size()).isGreaterThan(500);
    for (String room :
        List.of(
            "data",
            "text",
            "sound",
            "evaluation",
            "layers",
            "training",
            "generation",
            "onnx",
            "cli",
            "doctor",
            "serving",
            "server",
            "testing",
            "sentiment",
            "ner",
            "charlm",
            "embeddings",
            "translation",
            "speech",
            "music",
            "dna")) {
      assertThat(House.CLASSES.containPackage(House.ROOT + "." + room)).as(room).isTrue();
    }
    assertThat(House.CLASSES.stream().filter(House.DOOR)).hasSizeGreaterThan(20);
    assertThat(House.CLASSES.stream().filter(House.LIBRARY)).hasSizeGreaterThan(400);
  }

  static Stream<Arguments> arrows() {
    return Stream.concat(
        Stream.of(
            Arguments.of("data", ""),
            Arguments.of("text", "data"),
            Arguments.of("sound", "data"),
            Arguments.of("evaluation", ""),
            Arguments.of("layers", ""),
            Arguments.of("training", "data layers"),
            Arguments.of("generation", "data text layers training"),
            Arguments.of("onnx", "data layers"),
            Arguments.of("cli", "data"),
            Arguments.of("doctor", "cli data layers"),
            Arguments.of("serving", "data"),
            Arguments.of("server", "cli data serving"),
            Arguments.of("spark", "cli data serving"), // with the profile spark
            Arguments.of("testing", "data"),
            Arguments.of("layers.memory", ""),
            Arguments.of("layers.sequences", ""),
            Arguments.of("layers.kernel", "layers.memory"),
            Arguments.of("layers.forward", "layers.kernel layers.memory"),
            Arguments.of("layers.output", "layers.forward layers.memory layers.sequences"),
            Arguments.of(
                "layers.crf", "layers.forward layers.output layers.memory layers.sequences"),
            Arguments.of(
                "layers.ctc", "layers.forward layers.output layers.memory layers.sequences"),
            Arguments.of(
                "layers.attention", "layers.forward layers.kernel layers.memory layers.sequences"),
            Arguments.of("layers.characters", "layers.forward layers.memory layers.sequences"),
            Arguments.of(
                "layers.convolution",
                "layers.forward layers.kernel layers.memory layers.sequences"),
            Arguments.of("layers.pooling", "layers.forward layers.memory layers.sequences"),
            Arguments.of("layers.dropout", "layers.memory")),
        House.TASKS.stream()
            .map(
                task ->
                    Arguments.of(
                        task,
                        "data text sound evaluation layers training generation onnx serving cli"))); // never a
    // task
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("arrows")
  void arrowsRunOneWay(String from, String to) {
    String[] allowed =
        Stream.concat(Stream.of(from), Stream.of(to.split(" ")).filter(name -> !name.isEmpty()))
            .map(House::within)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> elsewhere =
        resideInAPackage(House.ROOT + "..")
            .and(not(resideInAnyPackage(allowed)))
            .as("are in neither %s nor [%s]", from, to);
    Offences.check(
        resideInAPackage(House.within(from)).as("classes of %s", from),
        never(dependOnClassesThat(elsewhere)),
        Set.of());
  }

  /** A kernel is found as a service; only oneDNN's leaves to BLAS what oneDNN does not do. */
  @ParameterizedTest
  @CsvSource({"reference, blas onednn", "blas, reference onednn", "onednn, reference"})
  void kernelsKnowOneAnotherNot(String from, String others) {
    String kernel = House.ROOT + ".layers.kernel";
    String own = kernel + "." + from + "..";
    String[] other =
        Stream.of(others.split(" ")).map(o -> kernel + "." + o + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(own)
        .should(dependOnClassesThat(resideInAnyPackage(other)))
        .check(House.CLASSES);
    noClasses()
        .that()
        .resideInAPackage(kernel)
        .should(dependOnClassesThat(resideInAPackage(own)))
        .check(House.CLASSES);
  }

  @Test
  void tasksUseLayersAndNotWhatTheyAreMadeOf() {
    Offences.check(
        House.OF_A_TASK,
        never(
            dependOnClassesThat(
                resideInAnyPackage(House.within("layers.memory"), House.within("layers.kernel"))
                    .as("are what layers are made of"))),
        Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "data",
    "text",
    "sound",
    "evaluation",
    "cli",
    "serving",
    "server",
    "spark",
    "testing",
    "embeddings"
  })
  void whatNeedsNoNetworksKnowsNone(String module) {
    Offences.check(
        resideInAPackage(House.within(module)).as("classes of %s", module),
        never(dependOnClassesThat(NETWORKS)),
        of(module, Set.of("dev.unroll.embeddings.Deeplearning4jVectors"))); // the bridge
  }

  /** Who only trains has no server on the class path. */
  @Test
  void onlyTheServerKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.within("server"))
        .should(dependOnClassesThat(resideInAPackage("org.eclipse.jetty..")))
        .check(House.CLASSES);
  }

  /** Spark is 330 MB, and of a cluster. */
  @Test
  void onlyItsModuleKnowsSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.within("spark"))
        .should(
            dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..")))
        .check(House.CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching(House.ROOT + ".(**)").should().beFreeOfCycles().check(House.CLASSES);
  }

  /** Who imports a task need not have the command line. */
  @Test
  void librariesDoWithoutTheCommandLine() {
    Offences.check(
        House.OF_A_TASK.and(House.LIBRARY).as("libraries of tasks"),
        never(dependOnClassesThat(House.DOOR.as("are verbs or options"))),
        Set.of());
  }

  @Test
  void ofTheCommandLineOnlyTheMainClassIsPublic() {
    for (JavaClass type : House.CLASSES) {
      if (House.DOOR.test(type) && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        assertThat(type.tryGetMethod("main", String[].class)).as(type.getName()).isPresent();
      }
    }
  }

  private static Set<String> of(String module, Set<String> known) {
    String start = House.ROOT + "." + module + ".";
    return known.stream().filter(name -> name.startsWith(start)).collect(Collectors.toSet());
  }
}
