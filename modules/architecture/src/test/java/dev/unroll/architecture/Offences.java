package dev.unroll.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds a condition against classes, but for those that are known to break it. That list may only
 * become shorter: a class that breaks it no more has to be taken off.
 */
final class Offences {
  private Offences() {}

  /**
   * @param known names of top-level classes
   */
  static void check(
      DescribedPredicate<? super JavaClass> classes,
      ArchCondition<JavaClass> condition,
      Set<String> known) {
    Set<String> offenders = new TreeSet<>();
    List<String> offences = new ArrayList<>();
    for (JavaClass type : House.CLASSES) {
      List<String> broken = classes.test(type) ? violations(type, condition) : List.of();
      if (broken.isEmpty()) {
        continue;
      }
      String file = House.file(type);
      offenders.add(file);
      if (!known.contains(file)) {
        offences.addAll(broken);
      }
    }
    String rule = classes.getDescription() + " should " + condition.getDescription();
    assertThat(offences).as(rule).isEmpty();
    assertThat(known)
        .as("known not to keep the rule; who keeps it is taken off the list: %s", rule)
        .isSubsetOf(offenders);
  }

  /** In what a class breaks the condition. */
  static List<String> violations(JavaClass type, ArchCondition<JavaClass> condition) {
    ConditionEvents events = ConditionEvents.Factory.create();
    condition.check(type, events);
    condition.finish(events);
    return events.getViolating().stream().flatMap(e -> e.getDescriptionLines().stream()).toList();
  }
}
