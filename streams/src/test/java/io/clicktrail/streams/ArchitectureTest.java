package io.clicktrail.streams;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.clicktrail.streams.testkit.ModuleRules;

/** Also for schemas and local, which are built before streams and so cannot use its test kit. */
@AnalyzeClasses(
        packages = {"io.clicktrail.streams", "io.clicktrail.schemas", "io.clicktrail.local"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfEveryModule = ArchTests.in(ModuleRules.class);
}
