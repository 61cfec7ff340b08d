package io.clicktrail.normalizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.streams.testkit.ModuleRules;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.clicktrail.normalizer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfEveryModule = ArchTests.in(ModuleRules.class);

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsKafkaAndSpring = noClasses()
            .that()
            .resideOutsideOfPackage("..kafka..")
            .and()
            .haveSimpleNameNotEndingWith("Topology")
            .and()
            .haveSimpleNameNotEndingWith("Application")
            .and()
            .haveSimpleNameNotEndingWith("Settings")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.springframework..", "io.micrometer..", "io.clicktrail.streams..");

    @ArchTest
    static final ArchRule formatsDoNotKnowEachOther = classes()
            .should(new NotKnowOtherFormats())
            .because("a format is added, changed and removed without a look at another");

    @ArchTest
    static final ArchRule nothingThatIsReadDependsOnTheClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule formatsCannotBeChanged =
            classes().that().implement(Format.class).should().haveOnlyFinalFields();

    /** A package that holds a format depends on no other such package, and no format on another format. */
    private static final class NotKnowOtherFormats extends ArchCondition<JavaClass> {

        private Set<String> formatPackages = Set.of();

        NotKnowOtherFormats() {
            super("not know other formats");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            formatPackages = all.stream()
                    .filter(NotKnowOtherFormats::isFormat)
                    .map(JavaClass::getPackageName)
                    .collect(Collectors.toSet());
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!formatPackages.contains(type.getPackageName())) {
                return;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                boolean isOtherPackage = !target.getPackageName().equals(type.getPackageName())
                        && formatPackages.contains(target.getPackageName());
                boolean isOtherFormat = isFormat(type) && isFormat(target) && !target.equals(type);
                if (isOtherPackage || isOtherFormat) {
                    events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                }
            }
        }

        private static boolean isFormat(JavaClass type) {
            return type.isAssignableTo(Format.class) && !type.isInterface();
        }
    }
}
