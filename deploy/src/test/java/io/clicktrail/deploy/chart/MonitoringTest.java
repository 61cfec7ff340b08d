package io.clicktrail.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.health.Metric;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    private static final List<String> FOREIGN = List.of("up", "kafka_", "jvm_");

    @Test
    void everyMetricOfOursThatIsAskedForExists() throws IOException {
        var ours = Arrays.stream(Metric.values())
                .flatMap(metric -> Expressions.shown(metric).stream())
                .collect(Collectors.toSet());

        for (var expression : Expressions.all()) {
            assertThat(Expressions.metrics(expression))
                    .as(expression)
                    .isNotEmpty()
                    .allMatch(name -> ours.contains(name) || FOREIGN.stream().anyMatch(name::startsWith));
        }
    }

    @Test
    void everyMetricOfOursIsAskedFor() throws IOException {
        var asked = new TreeSet<String>();
        for (var expression : Expressions.all()) {
            asked.addAll(Expressions.metrics(expression));
        }

        assertThat(Metric.values())
                .allMatch(metric -> Expressions.shown(metric).stream().anyMatch(asked::contains));
    }

    @Test
    void everyAlertHasARunbook() throws IOException {
        var headings =
                Files.readAllLines(Path.of(System.getProperty("clicktrail.root"), "docs", "operations.md")).stream()
                        .filter(line -> line.startsWith("### "))
                        .map(line -> line.substring(4).toLowerCase(Locale.ROOT))
                        .toList();

        var rules = Chart.with("defaults")
                .all(PrometheusRule.class)
                .flatMap(each -> each.getSpec().getGroups().stream())
                .flatMap(group -> group.getRules().stream())
                .toList();

        assertThat(rules).hasSize(Expressions.rules().size()).allSatisfy(rule -> {
            assertThat(headings).contains(rule.getAlert().toLowerCase(Locale.ROOT));
            assertThat(rule.getAnnotations().get("runbook_url"))
                    .isEqualTo("docs/operations.md#" + rule.getAlert().toLowerCase(Locale.ROOT));
            assertThat(rule.getAnnotations().get("summary")).isNotBlank();
            assertThat(rule.getLabels().get("severity")).isIn("warning", "critical");
        });
    }
}
