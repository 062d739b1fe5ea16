package dev.unroll.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application that imports a library may rely on. */
class LibrariesTest {
  /** An option of a command line; those of Java itself are no business of ours. */
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--(?!add-modules)[a-z]");

  /** To a stream that it was given it may. */
  private static final DescribedPredicate<JavaMethodCall> PRINTS_ITS_TRACE =
      describe(
          "print a stack trace",
          call ->
              call.getName().equals("printStackTrace")
                  && call.getTarget().getRawParameterTypes().isEmpty());

  private static final ArchCondition<JavaClass> PRINT =
      accessField(System.class, "out")
          .or(accessField(System.class, "err"))
          .or(callMethodWhere(PRINTS_ITS_TRACE));

  private static final ArchCondition<JavaClass> EXIT =
      callMethod(System.class, "exit", int.class)
          .or(callMethod(Runtime.class, "exit", int.class))
          .or(callMethod(Runtime.class, "halt", int.class));

  private static final ArchCondition<JavaClass> NAME_NO_OPTION =
      new ArchCondition<>("hold no text with the name of an option") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (String text : Constants.of(type)) {
            if (OPTION.matcher(text).find()) {
              events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + text));
            }
          }
        }
      };

  @Test
  void librariesDoNotPrint() {
    Offences.check(House.LIBRARY, never(PRINT), Set.of());
  }

  @Test
  void librariesDoNotExit() {
    Offences.check(House.LIBRARY, never(EXIT), Set.of());
  }

  /** They name a setting; the command line makes an option of it. */
  @Test
  void librariesKnowNoOptions() {
    Offences.check(House.LIBRARY, NAME_NO_OPTION, Set.of());
  }

  /** So that a rule which sees nothing is noticed. */
  @Test
  void theCommandLineDoesAllThis() {
    assertThat(offences("dev.unroll.cli.Cli", never(PRINT))).isNotEmpty();
    assertThat(offences("dev.unroll.sentiment.Sentiment", never(EXIT))).isNotEmpty();
    assertThat(offences("dev.unroll.cli.Failures", NAME_NO_OPTION)).isNotEmpty();
  }

  private static List<String> offences(String name, ArchCondition<JavaClass> condition) {
    return Offences.violations(House.CLASSES.get(name), condition);
  }

  /** A model from elsewhere must not be able to run code. */
  @Test
  void nothingIsDeserialisedByJava() {
    Offences.check(
        describe("all classes", type -> true),
        never(
            dependOnClassesThat(
                describe(
                    "serialise",
                    type ->
                        type.isEquivalentTo(ObjectInputStream.class)
                            || type.isEquivalentTo(ObjectOutputStream.class)))),
        Set.of());
  }
}
