package io.clicktrail.schemas.tuning;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML as a tree of nodes, which know their lines. Bounded: no aliases to collections, 8 levels, 4 M characters. */
public final class YamlNodes {

    private static final int MAX_CHARACTERS = 4_000_000;
    private static final int MAX_DEPTH = 8;

    private YamlNodes() {}

    public static MappingNode root(String text) throws YamlMistake {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            throw new YamlMistake(1, "expected keys and values");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new YamlMistake(line, e.getProblem() == null ? "not YAML" : e.getProblem());
        } catch (YAMLException e) {
            throw new YamlMistake(1, e.getMessage() == null ? "not YAML" : e.getMessage());
        }
    }

    /** The values by key, in the order of the file. */
    public static Map<String, Node> values(MappingNode mapping) throws YamlMistake {
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), "key");
            if (values.put(key, tuple.getValueNode()) != null) {
                throw new YamlMistake(tuple.getKeyNode(), key + ": given twice");
            }
        }
        return values;
    }

    public static Node required(Map<String, Node> values, String key, Node owner) throws YamlMistake {
        Node node = values.get(key);
        if (node == null) {
            throw new YamlMistake(owner, key + ": missing");
        }
        return node;
    }

    public static List<Node> items(Node node, String key) throws YamlMistake {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw new YamlMistake(node, key + ": expected a list");
    }

    public static String text(Node node, String key) throws YamlMistake {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw new YamlMistake(node, key + ": expected a text that is not empty");
    }

    public static <E extends Enum<E>> E constant(Class<E> type, Node node, String key) throws YamlMistake {
        String text = text(node, key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new YamlMistake(node, key + ": " + text + " is none of " + List.of(type.getEnumConstants()));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
