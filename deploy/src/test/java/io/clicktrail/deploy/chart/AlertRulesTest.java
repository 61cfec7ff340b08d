package io.clicktrail.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.health.Metric;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The alert rules as the chart renders them, run by Prometheus' own tool on the series of {@code alert-series.yaml}.
 */
class AlertRulesTest {

    /**
     * What happens in a case.
     *
     * @param about what is wrong, or nearly
     * @param series values of each series, one a minute
     * @param fires labels of the alerts at a time
     * @param silent times at which there is none
     */
    record Case(
            String about,
            Map<String, String> series,
            Map<String, List<Map<String, String>>> fires,
            List<String> silent) {

        Case {
            fires = fires == null ? Map.of() : fires;
            silent = silent == null ? List.of() : silent;
        }
    }

    private static final String TOOL = "promtool";

    /** The release that {@link Chart} renders. */
    private static final String RELEASE = "ct";

    /** That there are no series is what it fires on. */
    private static final String FIRES_WITHOUT_SERIES = "ClicktrailNothingReceived";

    private static final Map<String, List<Case>> CASES = read();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static boolean prometheusIsThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, TOOL)));
    }

    @Test
    void everyRuleHasACaseInWhichItFiresAndOneInWhichItNearlyDoes() {
        assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(rules().keySet());
        CASES.forEach((alert, cases) -> {
            assertThat(cases).as(alert).anyMatch(each -> !each.fires().isEmpty());
            assertThat(cases)
                    .as(alert)
                    .anyMatch(each -> each.fires().isEmpty() && !each.silent().isEmpty());
        });
    }

    @Test
    void theSeriesAreThoseOfOurMetrics() {
        var ours = Arrays.stream(Metric.values())
                .flatMap(metric -> Expressions.shown(metric).stream())
                .collect(Collectors.toSet());

        assertThat(CASES.values().stream()
                        .flatMap(List::stream)
                        .flatMap(each -> each.series().keySet().stream())
                        .map(series -> series.replaceFirst("\\{.*", ""))
                        .filter(name -> name.startsWith("clicktrail_")))
                .isNotEmpty()
                .allMatch(ours::contains);
        assertThat(CASES.values().stream().flatMap(List::stream).flatMap(each -> each.series().values().stream()))
                .as("YAML takes 0x10 without quotes for a number")
                .allMatch(values -> values.contains("x"));
    }

    @Test
    @EnabledIf(value = "prometheusIsThere", disabledReason = "promtool is missing; .ci/tools installs it")
    void theyFireWhenTheyShouldAndNotBefore() throws Exception {
        var rules = rules();
        write(
                "rules.yaml",
                Map.of(
                        "groups",
                        List.of(Map.of(
                                "name",
                                "clicktrail",
                                "rules",
                                rules.values().stream()
                                        .map(AlertRulesTest::plain)
                                        .toList()))));
        var tests = new ArrayList<Map<String, Object>>();
        CASES.forEach((alert, cases) -> cases.forEach(each -> {
            var rule = Objects.requireNonNull(rules.get(alert));
            tests.add(test(alert + ": " + each.about(), each, RELEASE, expectations(rule, each)));
            if (!alert.equals(FIRES_WITHOUT_SERIES)) {
                var silent = Stream.concat(each.silent().stream(), each.fires().keySet().stream())
                        .<Map<String, Object>>map(time -> Map.of("eval_time", time, "alertname", alert))
                        .toList();
                tests.add(test(alert + " of another release: " + each.about(), each, "other", silent));
            }
        }));
        write("tests.yaml", Map.of("rule_files", List.of("rules.yaml"), "evaluation_interval", "1m", "tests", tests));

        var done = new ProcessBuilder(TOOL, "test", "rules", "tests.yaml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(done.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(done.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }

    private static Map<String, Object> test(
            String name, Case each, String release, List<Map<String, Object>> expected) {
        return Map.of(
                "name",
                name,
                "interval",
                "1m",
                "input_series",
                each.series().entrySet().stream()
                        .map(one -> Map.of("series", of(release, one.getKey()), "values", one.getValue()))
                        .toList(),
                "alert_rule_test",
                expected);
    }

    /** A series with the label that the chart's monitors put on those of a release. */
    private static String of(String release, String series) {
        var label = "app_kubernetes_io_instance=\"" + release + "\"";
        return series.contains("{") ? series.replace("{", "{" + label + ", ") : series + "{" + label + "}";
    }

    private static List<Map<String, Object>> expectations(Rule rule, Case each) {
        var all = new ArrayList<Map<String, Object>>();
        each.silent().forEach(time -> all.add(Map.of("eval_time", time, "alertname", rule.getAlert())));
        each.fires()
                .forEach((time, alerts) -> all.add(Map.of(
                        "eval_time",
                        time,
                        "alertname",
                        rule.getAlert(),
                        "exp_alerts",
                        alerts.stream()
                                .map(labels -> {
                                    var expected = new TreeMap<>(labels);
                                    expected.putAll(rule.getLabels());
                                    return Map.of("exp_labels", expected, "exp_annotations", rule.getAnnotations());
                                })
                                .toList())));
        return all;
    }

    private static Map<String, Object> plain(Rule rule) {
        return Map.of(
                "alert",
                rule.getAlert(),
                "expr",
                rule.getExpr().getStrVal(),
                "for",
                rule.getFor(),
                "labels",
                rule.getLabels(),
                "annotations",
                rule.getAnnotations());
    }

    private static Map<String, Rule> rules() {
        return Chart.with("defaults")
                .all(PrometheusRule.class)
                .flatMap(each -> each.getSpec().getGroups().stream())
                .flatMap(group -> group.getRules().stream())
                .collect(Collectors.toMap(Rule::getAlert, each -> each, (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<String, List<Case>> read() {
        try (var file = Objects.requireNonNull(AlertRulesTest.class.getResourceAsStream("/alert-series.yaml"))) {
            return JsonMapper.shared()
                    .convertValue(
                            new Yaml().<Map<String, Object>>load(file),
                            new TypeReference<LinkedHashMap<String, List<Case>>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, Map<String, Object> content) throws IOException {
        Files.writeString(folder.resolve(name), new Yaml().dump(content));
    }
}
