package io.clicktrail.correlator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.clicktrail.streams.testkit.ModuleRules;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(packages = "io.clicktrail.correlator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfEveryModule = ArchTests.in(ModuleRules.class);

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsKafkaSpringAndMetrics = noClasses()
            .that()
            .resideInAnyPackage("..correlator.chain..", "..correlator.detection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "io.micrometer..", "org.slf4j..")
            .because("the core is called by tests and benchmarks without a broker");

    @ArchTest
    static final ArchRule theCoreAsksNoClockAndThrowsNoDice = noClasses()
            .that()
            .resideInAnyPackage("..correlator.chain..", "..correlator.detection..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .because("the same events make the same detections, in a test, live and in a replay");

    @ArchTest
    static final ArchRule theChainDoesNotKnowItsDetection = noClasses()
            .that()
            .resideInAPackage("..correlator.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..correlator.detection..", "..correlator.kafka..");
}
