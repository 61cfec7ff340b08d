package io.clicktrail.enricher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.clicktrail.streams.testkit.ModuleRules;

@AnalyzeClasses(packages = "io.clicktrail.enricher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfEveryModule = ArchTests.in(ModuleRules.class);

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsKafkaAndSpring = noClasses()
            .that()
            .resideOutsideOfPackage("..kafka..")
            .and()
            .haveNameNotMatching(".*\\.Enricher(Topology|Application|Settings)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule theCoreHasNoClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");
}
