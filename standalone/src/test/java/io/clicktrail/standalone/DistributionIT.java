package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution archive: that its bytes follow from the sources alone, and that it runs with a JDK and nothing else.
 * {@code deploy/release/dry-run VERSION --twice} compares two whole builds.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the archive is built by GNU tar")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class DistributionIT {
    private static final Path ROOT = Path.of(System.getProperty("clicktrail.root"));

    @TempDir
    static Path folder;

    private Path archive;
    private Instant created;

    @BeforeAll
    void pack() throws Exception {
        Path out = folder.resolve("release");
        var packed = run(
                Map.of("PATH", System.getenv("PATH")),
                ROOT.resolve("deploy/release/build").toString(),
                "--skip-maven",
                "--out",
                out.toString());
        assertThat(packed.code).as(packed.text).isZero();
        try (Stream<Path> files = Files.list(out)) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        created = Instant.parse(pom.split("</?project.build.outputTimestamp>", 3)[1]);
    }

    @Test
    void entriesAreSortedAndHaveOneTimeAndOneOwner() throws Exception {
        List<TarArchiveEntry> entries = entries();

        assertThat(entries).hasSizeGreaterThan(500);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(created);
            assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
            assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
            assertThat(entry.getMode() & 0022).as("nobody else may write").isZero();
        });
        assertThat(entries.stream().map(TarArchiveEntry::getName).map(name -> name.replace("/", "\0")))
                .isSorted();
    }

    @Test
    void ownJarsHaveOneTime() throws Exception {
        try (Stream<Path> lib = Files.list(ROOT.resolve("standalone/target/lib"))) {
            var jars = new ArrayList<>(
                    lib.filter(jar -> jar.getFileName().toString().matches("(schemas|streams|normalizer|alerter)-.*"))
                            .toList());
            jars.add(ROOT.resolve("standalone/target/standalone.jar"));

            var times = new TreeSet<Long>();
            for (Path jar : jars) {
                try (ZipFile zip = ZipFile.builder().setPath(jar).get()) {
                    zip.getEntries().asIterator().forEachRemaining(entry -> times.add(entry.getTime()));
                }
            }
            assertThat(jars).hasSize(5);
            assertThat(times).hasSize(1);
        }
    }

    @Test
    void theDemoRunsWithAJdkAlone() throws Exception {
        Path home = folder.resolve("a folder");
        Files.createDirectory(home);
        var unpacked = run(
                Map.of("PATH", "/usr/bin:/bin"),
                "tar",
                "-xzf",
                archive.toString(),
                "-C",
                home.toString(),
                "--strip-components=1");
        assertThat(unpacked.code).as(unpacked.text).isZero();

        var demo = run(
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home")),
                home.resolve("bin/clicktrail").toString(),
                "demo");

        assertThat(demo.code).as(demo.text).isZero();
        assertThat(demo.text).contains("AN0178", "AN0179", "AN0180", "3 cases", "342 received = 342 normalized");
    }

    private record Ran(int code, String text) {}

    private static Ran run(Map<String, String> environment, String... command) throws Exception {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Ran(builder.start().waitFor(), Files.readString(printed));
    }

    private List<TarArchiveEntry> entries() throws IOException {
        var entries = new ArrayList<TarArchiveEntry>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                var tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
                entries.add(next);
            }
        }
        return entries;
    }
}
