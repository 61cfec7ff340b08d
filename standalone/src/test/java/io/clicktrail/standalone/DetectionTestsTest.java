package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTestsTest {
    private static final Path TESTS = Path.of("src/test/resources/detections");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theTestsOfTheProjectPass() throws Exception {
        var captured = new Captured();
        Path junit = folder.resolve("junit.xml");

        int code = captured.run("test", TESTS.toString(), "--junit", junit.toString());

        assertThat(captured.results()).doesNotContain("FAILED", "ERROR").contains("ok     demo");
        assertThat(code).isZero();
        assertThat(Files.readString(junit)).contains("failures=\"0\"", "errors=\"0\"", "name=\"pasted-command\"");
    }

    @Test
    void aCaseThatIsNotThereAndOneThatIsNotExpectedAreFailures() throws Exception {
        Path test = test("logs: [" + log("installer-not-run") + "]\nexpect:\n  - {host: other, tier: 3}\n");
        var captured = new Captured();
        Path junit = folder.resolve("junit.xml");

        int code = captured.run("test", test.toString(), "--junit", junit.toString());

        assertThat(code).isEqualTo(Clicktrail.TEST_FAILED);
        assertThat(captured.results())
                .contains("no case {host: other, tier: 3}")
                .contains("not expected: case {host: lab-ws04.orchard.example, domain: viewer-update.buzz, tier: 1");
        assertThat(Files.readString(junit)).contains("failures=\"1\"", "<failure message=");
    }

    @Test
    void aMistakeIsNamedWithFileAndLine() throws Exception {
        Path test = test("logs: [" + log("installer-not-run") + "]\nexpect:\n  - {hots: other}\n");
        var captured = new Captured();

        assertThat(captured.run("test", test.toString())).isEqualTo(Clicktrail.NOT_UNDERSTOOD);
        assertThat(captured.results()).contains("a.test.yaml:3: hots: unknown key");
    }

    @Test
    void aFolderWithoutTestsIsNoSuccess() {
        var captured = new Captured();

        assertThat(captured.run("test", folder.toString())).isEqualTo(Clicktrail.NOT_UNDERSTOOD);
        assertThat(captured.messages()).contains("no *.test.yaml below");
    }

    private Path test(String text) throws Exception {
        return Files.writeString(folder.resolve("a.test.yaml"), text);
    }

    private static Path log(String name) {
        return TESTS.resolve(name + ".log").toAbsolutePath();
    }
}
