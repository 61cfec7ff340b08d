package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's logs sent to a stack that runs as {@code up} starts it, with nothing seeded. */
class LiveDemoIT {

    @Test
    void sendsTheLogsToARunningStackTwiceAndPrintsTheCaseOfEachPlatform(@TempDir Path folder) throws Exception {
        try (var stack =
                new Stack(new StackSettings(WorkFolder.at(folder.resolve("stack")), 0, 0, 4, false, Map.of()))) {
            stack.startInfrastructure();
            stack.startServices();
            List<List<String>> ids = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                var captured = new Captured();

                int code = captured.run("demo", "--to", stack.bootstrapServers(), "--registry", stack.registryUrl());

                assertThat(captured.messages()).contains("3 cases, ");
                assertThat(code).isZero();
                assertThat(cases(captured))
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).contains("AN0178 DET0066"),
                                line -> assertThat(line).contains("AN0179 DET0066"),
                                line -> assertThat(line).contains("AN0180 DET0066"));
                ids.add(cases(captured));
                assertThat(captured.results()).contains("CLICK").doesNotContain("Unconfirmed");
            }
            assertThat(ids.getFirst()).containsExactlyInAnyOrderElementsOf(ids.getLast());
        }
    }

    /** The lines with the ids of cases, without their scores. */
    private static List<String> cases(Captured captured) {
        return captured.results()
                .lines()
                .filter(line -> line.startsWith("case "))
                .map(line -> line.substring(0, line.indexOf("T1204")))
                .toList();
    }
}
