package io.clicktrail.normalizer.mapping;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.mapping.Mapping.Decoding;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.mapping.Mapping.TimeRule;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

/**
 * Reads mapping files, YAML or JSON, one format a document; docs/own-formats.md describes them. What a file may hold is
 * bounded: its length, the number of formats, the length and size of patterns (re2j, whose time is linear in the text).
 */
public final class MappingFile {

    /** The longest file, UTF-16 units. */
    public static final int MAX_CHARACTERS = 256 << 10;

    private static final int MAX_DOCUMENTS = 50;
    private static final int MAX_DEPTH = 6;
    private static final int MAX_PATTERN = 2000;
    private static final int MAX_PROGRAM = 2000;
    private static final int MAX_TEXTS = 100;
    private static final String PREFIX = "own.";
    private static final String ANY = "*";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    private final String file;
    private final String prefix;

    private MappingFile(String file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @param text its content
     */
    public static MappingReading parse(String file, String text) {
        return new MappingFile(file, PREFIX).read(text);
    }

    /** Reads a file that comes with the project: its formats have their names as they are. */
    static MappingReading bundled(String file, String text) {
        return new MappingFile(file, "").read(text);
    }

    private MappingReading read(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            List<Mapping> mappings = new ArrayList<>();
            for (Node document : new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
                if (mappings.size() == MAX_DOCUMENTS) {
                    throw new Mistake(line(document), "more than " + MAX_DOCUMENTS + " formats in one file");
                }
                mappings.add(mapping(document));
            }
            if (mappings.isEmpty()) {
                throw new Mistake(1, "the file holds no format");
            }
            return new MappingReading.Valid(mappings);
        } catch (Mistake mistake) {
            return new MappingReading.Invalid(file, mistake.line, mistake.reason);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return new MappingReading.Invalid(file, line, e.getProblem() == null ? "not YAML" : e.getProblem());
        } catch (YAMLException e) {
            return new MappingReading.Invalid(file, 1, e.getMessage() == null ? "not YAML" : e.getMessage());
        }
    }

    private Mapping mapping(Node root) throws Mistake {
        Map<String, Node> keys = keys(root, "the document", Set.of("name", "match", "line", "pairs", "event"));
        Node nameNode = required(keys, "name", root);
        String name = text(nameNode, "name");
        if (!NAME.matches(name)) {
            throw new Mistake(line(nameNode), "name: 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter first");
        }
        Signature signature = signature(required(keys, "match", root), keys, root);
        Node event = required(keys, "event", root);
        Map<String, Node> fields = keys(event, "event", null);
        Node kindNode = required(fields, "kind", event);
        EventKind kind = kind(kindNode);
        TimeRule time = time(required(fields, "time", event), signature);
        List<Rule> rules = new ArrayList<>();
        boolean isWhole = false;
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            if (field.getKey().equals("kind") || field.getKey().equals("time")) {
                continue;
            }
            TargetField target = TargetField.named(field.getKey());
            if (target == null) {
                throw new Mistake(line(field.getValue()), field.getKey() + ": no such field of an event");
            }
            rules.add(rule(target, field.getValue(), signature));
            isWhole |= neededBy(kind).contains(target);
        }
        if (!isWhole) {
            List<String> needed =
                    neededBy(kind).stream().map(TargetField::spelling).sorted().toList();
            throw new Mistake(line(kindNode), "kind: " + kind + " needs " + String.join(" or ", needed));
        }
        return new Mapping(prefix + name, signature, kind, time, rules);
    }

    private static EventKind kind(Node node) throws Mistake {
        String text = text(node, "kind");
        for (EventKind kind : TargetField.NEEDED.keySet()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        throw new Mistake(
                line(node),
                "kind: one of "
                        + String.join(
                                ", ",
                                TargetField.NEEDED.keySet().stream()
                                        .map(EventKind::name)
                                        .sorted()
                                        .toList()));
    }

    private static Set<TargetField> neededBy(EventKind kind) {
        return TargetField.NEEDED.getOrDefault(kind, Set.of());
    }

    private Signature signature(Node match, Map<String, Node> document, Node root) throws Mistake {
        Node line = document.get("line");
        Node pairs = document.get("pairs");
        Map<String, Node> keys = keys(match, "match", Set.of("json", "begins", "contains"));
        if (keys.isEmpty() || keys.containsKey("json") && keys.size() > 1) {
            throw new Mistake(line(match), "match: one of json, begins, contains; or both begins and contains");
        }
        Node json = keys.get("json");
        if (json != null) {
            if (line != null || pairs != null) {
                throw new Mistake(line(line != null ? line : root), "line: only for records that are lines");
            }
            Map<String, Set<String>> values = new LinkedHashMap<>();
            for (Map.Entry<String, Node> entry : keys(json, "json", null).entrySet()) {
                List<String> texts = texts(entry.getValue(), entry.getKey());
                values.put(
                        path(entry.getKey(), line(entry.getValue())),
                        texts.contains(ANY) ? Set.of() : Set.copyOf(texts));
            }
            if (values.isEmpty()) {
                throw new Mistake(line(json), "json: at least one pointer");
            }
            return new Signature.Json(values);
        }
        if ((line == null) == (pairs == null)) {
            throw new Mistake(line(root), "line: a pattern is needed for records that are lines, or 'pairs: true'");
        }
        return new Signature.Line(
                marks(keys.get("begins")),
                marks(keys.get("contains")),
                line == null ? null : pattern(line, "line"),
                prefix.isEmpty());
    }

    /** What a line begins with or contains. */
    private static List<String> marks(@Nullable Node node) throws Mistake {
        List<String> texts = node == null ? List.of() : texts(node, "match");
        for (String text : texts) {
            if (text.length() < 3 || !text.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw new Mistake(node == null ? 1 : line(node), "match: at least three characters, ASCII only");
            }
        }
        return texts;
    }

    private static TimeRule time(Node node, Signature signature) throws Mistake {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals("none")) {
            return TimeRule.NONE;
        }
        if (!(node instanceof MappingNode)) {
            return new TimeRule(sources(node, "time", signature), null, null, List.of(), false);
        }
        Map<String, Node> keys = keys(node, "time", Set.of("from", "join", "format", "zone", "zone_from"));
        boolean isJoined = keys.containsKey("join");
        Node zoneFrom = keys.get("zone_from");
        Node format = keys.get("format");
        Node zone = keys.get("zone");
        return new TimeRule(
                sources(required(keys, isJoined ? "join" : "from", node), "time", signature),
                format == null ? null : format(format),
                zone == null ? null : zone(zone),
                zoneFrom == null ? List.of() : sources(zoneFrom, "zone_from", signature),
                isJoined);
    }

    private static DateTimeFormatter format(Node node) throws Mistake {
        try {
            return DateTimeFormatter.ofPattern(text(node, "format"), Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new Mistake(line(node), "format: " + e.getMessage());
        }
    }

    private static ZoneId zone(Node node) throws Mistake {
        try {
            return ZoneId.of(text(node, "zone"));
        } catch (DateTimeException e) {
            throw new Mistake(line(node), "zone: " + e.getMessage());
        }
    }

    private Rule rule(TargetField target, Node node, Signature signature) throws Mistake {
        String name = target.spelling();
        if (!(node instanceof MappingNode)) {
            return new Rule(target, sources(node, name, signature), null, null, Map.of(), null, Decoding.PLAIN);
        }
        Map<String, Node> keys = keys(node, name, Set.of("from", "pattern", "constant", "values", "join", "decode"));
        Node constant = keys.get("constant");
        if (constant != null) {
            if (keys.size() > 1) {
                throw new Mistake(line(node), name + ": a constant must be alone");
            }
            return new Rule(target, List.of(), text(constant, name), null, Map.of(), null, Decoding.PLAIN);
        }
        Node pattern = keys.get("pattern");
        Map<String, String> values = new LinkedHashMap<>();
        if (keys.containsKey("values")) {
            for (Map.Entry<String, Node> each :
                    keys(keys.get("values"), name, null).entrySet()) {
                values.put(each.getKey(), text(each.getValue(), name));
            }
        }
        Node join = keys.get("join");
        Node decode = keys.get("decode");
        return new Rule(
                target,
                sources(required(keys, "from", node), name, signature),
                null,
                pattern == null ? null : pattern(pattern, name),
                values,
                join == null ? null : between(join, name),
                decode == null ? Decoding.PLAIN : decoding(decode));
    }

    private static Decoding decoding(Node node) throws Mistake {
        if (!text(node, "decode").equals("labels")) {
            throw new Mistake(line(node), "decode: labels");
        }
        return Decoding.LABELS;
    }

    private static List<String> sources(Node node, String key, Signature signature) throws Mistake {
        List<String> sources = new ArrayList<>();
        for (String text : texts(node, key)) {
            sources.add(
                    switch (signature) {
                        case Signature.Json json -> path(text, line(node));
                        case Signature.Line line -> group(text, line, line(node), key);
                    });
        }
        return sources;
    }

    private static String group(String name, Signature.Line signature, int line, String key) throws Mistake {
        if (signature.pattern() != null && !signature.pattern().names().contains(name)) {
            throw new Mistake(line, key + ": 'line' has no group (?P<" + name + ">…)");
        }
        return name;
    }

    /** The path with dots of a JSON pointer (RFC 6901). */
    private static String path(String pointer, int line) throws Mistake {
        if (pointer.length() < 2 || pointer.charAt(0) != '/' || pointer.endsWith("/") || pointer.contains("//")) {
            throw new Mistake(line, "'" + pointer + "' is no JSON pointer such as /client/ip");
        }
        String[] names = pointer.substring(1).split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (!names[i].isEmpty() && names[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new Mistake(
                        line, "'" + pointer + "': positions in arrays are not distinguished; leave the number out");
            }
            if (names[i].length() > 2 && names[i].startsWith("'") && names[i].endsWith("'")) {
                names[i] = names[i].substring(1, names[i].length() - 1);
            }
            names[i] = names[i].replace("~1", "/").replace("~0", "~");
        }
        return String.join(".", names);
    }

    private TextPattern pattern(Node node, String key) throws Mistake {
        String text = text(node, key);
        if (text.length() > MAX_PATTERN) {
            throw new Mistake(line(node), key + ": a pattern has at most " + MAX_PATTERN + " characters");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() > MAX_PROGRAM) {
                throw new Mistake(line(node), key + ": the pattern is too large; make its repetitions smaller");
            }
            return prefix.isEmpty() ? TextPattern.Bounded.of(text) : new TextPattern.Linear(pattern);
        } catch (PatternSyntaxException e) {
            throw new Mistake(line(node), key + ": " + e.getMessage());
        }
    }

    private static Map<String, Node> keys(Node node, String what, @Nullable Set<String> known) throws Mistake {
        if (!(node instanceof MappingNode mapping)) {
            throw new Mistake(line(node), what + ": keys and values are needed");
        }
        Map<String, Node> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), what);
            if (known != null && !known.contains(key)) {
                throw new Mistake(line(tuple.getKeyNode()), key + ": unknown key; known here are " + sorted(known));
            }
            if (keys.put(key, tuple.getValueNode()) != null) {
                throw new Mistake(line(tuple.getKeyNode()), key + ": is there twice");
            }
        }
        return keys;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private static Node required(Map<String, Node> keys, String key, Node within) throws Mistake {
        Node node = keys.get(key);
        if (node == null) {
            throw new Mistake(line(within), key + ": is missing");
        }
        return node;
    }

    private static List<String> texts(Node node, String key) throws Mistake {
        if (!(node instanceof SequenceNode list)) {
            return List.of(text(node, key));
        }
        if (list.getValue().isEmpty() || list.getValue().size() > MAX_TEXTS) {
            throw new Mistake(line(node), key + ": 1 to " + MAX_TEXTS + " values");
        }
        List<String> texts = new ArrayList<>();
        for (Node each : list.getValue()) {
            texts.add(text(each, key));
        }
        return texts;
    }

    private static String text(Node node, String key) throws Mistake {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
            throw new Mistake(line(node), key + ": a text is needed");
        }
        return scalar.getValue();
    }

    /** What is put between two texts, which may be nothing. */
    private static String between(Node node, String key) throws Mistake {
        if (!(node instanceof ScalarNode scalar)) {
            throw new Mistake(line(node), key + ": a text is needed");
        }
        return scalar.getValue();
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /** What is wrong, and where. */
    private static final class Mistake extends Exception {
        private final int line;
        private final String reason;

        Mistake(int line, String reason) {
            super(reason);
            this.line = line;
            this.reason = reason;
        }
    }
}
