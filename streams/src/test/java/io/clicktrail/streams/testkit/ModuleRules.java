package io.clicktrail.streams.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Rules of structure that every module runs: {@code ArchTests.in(ModuleRules.class)} in its ArchitectureTest. */
public final class ModuleRules {

    @ArchTest
    static final ArchRule packagesHaveNoCircles = slices().assignedFrom(new EachPackage())
            .should()
            .beFreeOfCycles()
            .because("a package that is in a circle can be understood, tested and moved only with all the others");

    /** Broker and registry for one machine are for the command line, what measures it, and tests. */
    @ArchTest
    static final ArchRule noServiceKnowsTheLocalStack = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.clicktrail.local..", "io.clicktrail.standalone..", "io.clicktrail.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.clicktrail.local..")
            .because("a service runs against the brokers and the registry of its settings")
            .allowEmptyShould(true);

    private ModuleRules() {}

    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.clicktrail.")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each package of Clicktrail";
        }
    }
}
