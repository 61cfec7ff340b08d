package io.clicktrail.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.streams.testkit.ModuleRules;

@AnalyzeClasses(packages = "io.clicktrail.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule queueSensorsAndPipelineKnowNeitherKafkaNorSpring = noClasses()
            .that()
            .resideInAnyPackage("..console.queue..", "..console.sensors..", "..console.pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule pagesKnowNoKafka = noClasses()
            .that()
            .resideInAPackage("..console.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ofTheAlerterOnlyTheRenderingsAreUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.clicktrail.alerter",
                    "io.clicktrail.alerter.kafka..",
                    "io.clicktrail.alerter.lifecycle..",
                    "io.clicktrail.alerter.delivery..",
                    "io.clicktrail.alerter.context..",
                    "io.clicktrail.alerter.casefile..",
                    "io.clicktrail.alerter.judgement..");

    @ArchTest
    static final ArchRule ofTheCorrelatorOnlyWhatShowsAStageIsUsed = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.clicktrail.correlator..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.type(Sensors.class))));

    @ArchTest
    static final ArchTests rulesOfEveryModule = ArchTests.in(ModuleRules.class);
}
