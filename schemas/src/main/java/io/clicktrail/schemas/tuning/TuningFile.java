package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads and writes tuning documents in YAML, and reads JSON as well. The keys are the names of the mutable elements;
 * every key but platform and version may be left out and then has the platform's built-in value.
 */
public final class TuningFile {

    private static final String PLATFORM = "platform";
    private static final String VERSION = "version";

    private TuningFile() {}

    /**
     * Reads a document and checks it.
     *
     * @param file name for messages
     * @param text content of the file
     * @param rules rules besides those of the table
     */
    public static TuningResult parse(String file, String text, TuningRules rules) {
        return parse(file, text, rules, false);
    }

    /** @param forced whether the document is put in force although it silences its platform */
    public static TuningResult parse(String file, String text, TuningRules rules, boolean forced) {
        try {
            return new TuningResult.Valid(document(YamlNodes.root(text), rules, forced));
        } catch (YamlMistake mistake) {
            return mistake.in(file);
        }
    }

    /** A document as YAML that {@link #parse} reads back. */
    public static String write(Tuning document) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(options).dump(plain(document));
    }

    /**
     * The elements in which two documents differ, in the order of the table, each as the old and the new value in
     * YAML's flow style.
     */
    public static Map<String, List<String>> differences(Tuning before, Tuning after) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        options.setWidth(Integer.MAX_VALUE);
        var yaml = new Yaml(options);
        Map<String, List<String>> differences = new LinkedHashMap<>();
        Map<String, Object> old = plain(before);
        plain(after).forEach((name, value) -> {
            Object was = old.get(name);
            if (!value.equals(was)) {
                differences.put(
                        name, List.of(yaml.dump(was).strip(), yaml.dump(value).strip()));
            }
        });
        return differences;
    }

    /** A document as maps, lists, texts and numbers, in the order of the table. */
    public static Map<String, Object> plain(Tuning document) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(PLATFORM, document.getPlatform().name());
        values.put(VERSION, document.getVersion());
        TuningElements.ALL.forEach(element -> values.put(element.name(), element.plain(document)));
        return values;
    }

    private static Tuning document(MappingNode root, TuningRules rules, boolean forced) throws YamlMistake {
        Map<String, Node> values = YamlNodes.values(root);
        Node platformNode = YamlNodes.required(values, PLATFORM, root);
        Platform platform = YamlNodes.constant(Platform.class, platformNode, PLATFORM);
        if (platform == Platform.UNKNOWN) {
            throw new YamlMistake(platformNode, PLATFORM + ": " + TuningCheck.ONE_OF_PLATFORMS);
        }
        var document = BuiltInTuning.builder(platform)
                .setVersion(YamlNodes.text(YamlNodes.required(values, VERSION, root), VERSION));
        for (var value : values.entrySet()) {
            String key = value.getKey();
            if (key.equals(PLATFORM) || key.equals(VERSION)) {
                continue;
            }
            TuningElement<?> element = TuningElements.BY_NAME.get(key);
            if (element == null) {
                throw new YamlMistake(value.getValue(), key + ": unknown key");
            }
            element.set(value.getValue(), document);
        }
        Tuning read = document.setForced(forced).build();
        List<TuningProblem> problems = TuningCheck.problems(read, rules);
        if (!problems.isEmpty()) {
            TuningProblem problem = problems.getFirst();
            throw new YamlMistake(place(problem, values.get(problem.key()), root), problem.toString());
        }
        return read;
    }

    /** The node that a problem is about. */
    private static Node place(TuningProblem problem, @Nullable Node value, Node root) {
        if (value instanceof SequenceNode list
                && problem.entry() >= 0
                && problem.entry() < list.getValue().size()) {
            return list.getValue().get(problem.entry());
        }
        return value == null ? root : value;
    }
}
