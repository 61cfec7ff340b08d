package io.clicktrail.normalizer.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Takes the nodes of a YAML document apart; what is not as it must be is a mistake with its line. */
final class MappingYaml {

    private static final int MAX_TEXTS = 100;

    private MappingYaml() {}

    /** The keys with their values; null for any names. */
    static Map<String, Node> keys(Node node, String what, @Nullable Set<String> known) throws Mistake {
        if (!(node instanceof MappingNode mapping)) {
            throw new Mistake(node, what + ": keys and values are needed");
        }
        Map<String, Node> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), what);
            if (known != null && !known.contains(key)) {
                throw new Mistake(
                        tuple.getKeyNode(),
                        key + ": unknown key; known here are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            if (keys.put(key, tuple.getValueNode()) != null) {
                throw new Mistake(tuple.getKeyNode(), key + ": is there twice");
            }
        }
        return keys;
    }

    static Node required(Map<String, Node> keys, String key, Node within) throws Mistake {
        Node node = keys.get(key);
        if (node == null) {
            throw new Mistake(within, key + ": is missing");
        }
        return node;
    }

    /** The elements of a list; the node itself where it is none. */
    static List<Node> items(Node node, String key) throws Mistake {
        if (!(node instanceof SequenceNode list)) {
            return List.of(node);
        }
        if (list.getValue().isEmpty() || list.getValue().size() > MAX_TEXTS) {
            throw new Mistake(node, key + ": 1 to " + MAX_TEXTS + " values");
        }
        return list.getValue();
    }

    static List<String> texts(Node node, String key) throws Mistake {
        List<String> texts = new ArrayList<>();
        for (Node each : items(node, key)) {
            texts.add(text(each, key));
        }
        return texts;
    }

    static String text(Node node, String key) throws Mistake {
        String text = anyText(node, key);
        if (text.isEmpty()) {
            throw new Mistake(node, key + ": a text is needed");
        }
        return text;
    }

    /** A text, which may be empty. */
    static String anyText(Node node, String key) throws Mistake {
        if (!(node instanceof ScalarNode scalar)) {
            throw new Mistake(node, key + ": a text is needed");
        }
        return scalar.getValue();
    }

    static boolean isTrue(@Nullable Node node, String key) throws Mistake {
        if (node != null && !text(node, key).equals("true")) {
            throw new Mistake(node, key + ": true or nothing");
        }
        return node != null;
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /** What is wrong, and where. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        final int line;
        final String reason;

        Mistake(Node node, String reason) {
            super(reason);
            this.line = line(node);
            this.reason = reason;
        }
    }
}
