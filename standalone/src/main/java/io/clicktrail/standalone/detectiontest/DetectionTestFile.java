package io.clicktrail.standalone.detectiontest;

import io.clicktrail.alert.Severity;
import io.clicktrail.detection.Stage;
import io.clicktrail.schemas.tuning.YamlMistake;
import io.clicktrail.schemas.tuning.YamlNodes;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads files of tests, in YAML. Paths in a file are relative to it. */
final class DetectionTestFile {

    private static final Set<String> KEYS = Set.of(
            "name",
            "about",
            "logs",
            "tuning",
            "intel",
            "leases",
            "assets",
            "domain_history",
            "seen",
            "seen_file",
            "learning",
            "expect");
    private static final Set<String> CASE_KEYS = Set.of("host", "domain", "tier", "severity", "stages", "answers");
    private static final List<String> SUFFIXES = List.of(".test.yaml", ".test.yml");
    private static final int MAX_DEPTH = 16;
    private static final int MAX_TIER = 3;

    private DetectionTestFile() {}

    /** The files of tests at paths: files as they are, and what ends with {@code .test.yaml} below folders. */
    static List<Path> find(List<Path> paths) throws UnreadableLogException {
        var found = new ArrayList<Path>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                found.add(path);
                continue;
            }
            try (Stream<Path> below = Files.walk(path, MAX_DEPTH)) {
                below.filter(file -> SUFFIXES.stream().anyMatch(file.toString()::endsWith))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw UnreadableLogException.in(path, e);
            }
        }
        return found;
    }

    /** @throws UnreadableLogException if the file can't be read or holds a mistake; the message names the line */
    static DetectionTest read(Path file) throws UnreadableLogException {
        try {
            return test(file, YamlNodes.root(Files.readString(file)));
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        } catch (YamlMistake mistake) {
            throw new UnreadableLogException(file + ":" + mistake.line() + ": " + mistake.getMessage());
        }
    }

    private static DetectionTest test(Path file, MappingNode root) throws YamlMistake {
        Map<String, Node> values = values(root, KEYS);
        Node seenFile = values.get("seen_file");
        return new DetectionTest(
                values.containsKey("name") ? YamlNodes.text(values.get("name"), "name") : stem(file),
                file,
                paths(file, YamlNodes.required(values, "logs", root), "logs"),
                paths(file, values.get("tuning"), "tuning"),
                paths(file, values.get("intel"), "intel"),
                paths(file, values.get("leases"), "leases"),
                paths(file, values.get("assets"), "assets"),
                paths(file, values.get("domain_history"), "domain_history"),
                texts(values.get("seen"), "seen"),
                seenFile == null ? null : file.resolveSibling(YamlNodes.text(seenFile, "seen_file")),
                duration(values.get("learning")),
                expected(YamlNodes.required(values, "expect", root)));
    }

    private static List<ExpectedCase> expected(Node node) throws YamlMistake {
        var cases = new ArrayList<ExpectedCase>();
        for (Node each : YamlNodes.items(node, "expect")) {
            if (!(each instanceof MappingNode mapping)) {
                throw new YamlMistake(each, "expect: a case is keys and values, such as host and domain");
            }
            Map<String, Node> values = values(mapping, CASE_KEYS);
            Node severity = values.get("severity");
            cases.add(new ExpectedCase(
                    text(values.get("host"), "host"),
                    text(values.get("domain"), "domain"),
                    tier(values.get("tier")),
                    severity == null ? null : YamlNodes.constant(Severity.class, severity, "severity"),
                    stages(values.get("stages")),
                    answers(values.get("answers"))));
        }
        return cases;
    }

    private static Map<String, Node> values(MappingNode mapping, Set<String> known) throws YamlMistake {
        Map<String, Node> values = YamlNodes.values(mapping);
        for (var value : values.entrySet()) {
            if (!known.contains(value.getKey())) {
                throw new YamlMistake(value.getValue(), value.getKey() + ": unknown key");
            }
        }
        return values;
    }

    private static @Nullable String text(@Nullable Node node, String key) throws YamlMistake {
        return node == null ? null : YamlNodes.text(node, key);
    }

    private static List<String> texts(@Nullable Node node, String key) throws YamlMistake {
        var texts = new ArrayList<String>();
        if (node != null) {
            for (Node each : YamlNodes.items(node, key)) {
                texts.add(YamlNodes.text(each, key));
            }
        }
        return texts;
    }

    private static List<Path> paths(Path file, @Nullable Node node, String key) throws YamlMistake {
        return texts(node, key).stream().map(file::resolveSibling).toList();
    }

    private static @Nullable Integer tier(@Nullable Node node) throws YamlMistake {
        if (node == null) {
            return null;
        }
        String text = YamlNodes.text(node, "tier");
        if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '0' + MAX_TIER) {
            throw new YamlMistake(node, "tier: " + text + " is none of 1, 2, 3");
        }
        return text.charAt(0) - '0';
    }

    private static Set<Stage> stages(@Nullable Node node) throws YamlMistake {
        if (node == null) {
            return Set.of();
        }
        var stages = new HashSet<Stage>();
        for (Node each : YamlNodes.items(node, "stages")) {
            stages.add(YamlNodes.constant(Stage.class, each, "stages"));
        }
        return stages.isEmpty() ? Set.of() : EnumSet.copyOf(stages);
    }

    /** Parts of answers by the ids of their questions. */
    private static Map<String, List<String>> answers(@Nullable Node node) throws YamlMistake {
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw new YamlMistake(node, "answers: must be ids of questions with what their answers say, such as Q8");
        }
        var answers = new TreeMap<String, List<String>>();
        for (var value : YamlNodes.values(mapping).entrySet()) {
            if (!value.getKey().matches("Q[0-9]{1,2}")) {
                throw new YamlMistake(value.getValue(), "answers: " + value.getKey() + " is no id of a question");
            }
            answers.put(value.getKey(), texts(value.getValue(), value.getKey()));
        }
        return answers;
    }

    private static Duration duration(@Nullable Node node) throws YamlMistake {
        if (node == null) {
            return Duration.ZERO;
        }
        String text = YamlNodes.text(node, "learning");
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new YamlMistake(node, "learning: '" + text + "' is not a duration such as 0s or 14d");
        }
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        for (String suffix : SUFFIXES) {
            if (name.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
