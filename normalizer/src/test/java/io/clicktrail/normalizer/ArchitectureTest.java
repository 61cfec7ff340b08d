package io.clicktrail.normalizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.clicktrail.normalizer.format.Format;

@AnalyzeClasses(packages = "io.clicktrail.normalizer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

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
    static final ArchRule formatsDoNotKnowEachOther = noClasses()
            .that()
            .resideInAnyPackage("..windows..", "..endpoint..", "..mail..", "..identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..zeek..", "..squid..");

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
}
