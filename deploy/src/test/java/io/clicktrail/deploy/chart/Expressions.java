package io.clicktrail.deploy.chart;

import io.clicktrail.streams.health.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The PromQL of the alert rules and dashboards. */
public final class Expressions {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\bby \\([^)]*\\)|\"[^\"]*\"|\\[[^]]*]");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]+");
    private static final Set<String> LANGUAGE = Set.of(
            "sum",
            "topk",
            "max",
            "min",
            "rate",
            "increase",
            "and",
            "or",
            "unless",
            "vector",
            "max_over_time",
            "offset",
            "on",
            "count",
            "by",
            "1d",
            "2h",
            "histogram_quantile");

    private static final Set<Metric> TIMERS = Set.of(Metric.CANARY, Metric.EVENT_DELAY);

    private Expressions() {}

    /** Every expression, rules first. */
    public static List<String> all() throws IOException {
        var all = new ArrayList<String>();
        for (var rule : rules()) {
            all.add(rule.get("expr").asString());
        }
        try (var files = Files.list(Chart.HOME.resolve("dashboards"))) {
            for (var file : files.sorted().toList()) {
                JSON.readTree(file.toFile()).findValuesAsString("expr").forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** The alert rules as the chart takes them. */
    public static JsonNode rules() throws IOException {
        return JSON.readTree(Chart.HOME.resolve("files").resolve("alerts.json").toFile());
    }

    /** Names under which Prometheus sees a metric of ours. */
    public static Set<String> shown(Metric metric) {
        var name = metric.id().replace('.', '_');
        return TIMERS.contains(metric)
                ? Set.of(
                        name + "_seconds_bucket", name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max")
                : Set.of(name, name + "_total");
    }

    /** Names of the metrics that an expression asks for. */
    public static Set<String> metrics(String expression) {
        var names = new TreeSet<String>();
        var words = WORD.matcher(LABELS.matcher(expression).replaceAll(" "));
        while (words.find()) {
            if (!LANGUAGE.contains(words.group())) {
                names.add(words.group());
            }
        }
        return names;
    }
}
