package io.clicktrail.normalizer.mapping;

import static io.clicktrail.normalizer.mapping.MappingYaml.anyText;
import static io.clicktrail.normalizer.mapping.MappingYaml.isTrue;
import static io.clicktrail.normalizer.mapping.MappingYaml.items;
import static io.clicktrail.normalizer.mapping.MappingYaml.keys;
import static io.clicktrail.normalizer.mapping.MappingYaml.required;
import static io.clicktrail.normalizer.mapping.MappingYaml.text;
import static io.clicktrail.normalizer.mapping.MappingYaml.texts;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.mapping.Mapping.Accepted;
import io.clicktrail.normalizer.mapping.Mapping.Case;
import io.clicktrail.normalizer.mapping.Mapping.Choice;
import io.clicktrail.normalizer.mapping.Mapping.Condition;
import io.clicktrail.normalizer.mapping.Mapping.Layout;
import io.clicktrail.normalizer.mapping.Mapping.Result;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.mapping.Mapping.TimeRule;
import io.clicktrail.normalizer.mapping.MappingYaml.Mistake;
import io.clicktrail.normalizer.web.WebRequest.Witness;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads mapping files, YAML or JSON, one format a document; docs/own-formats.md describes them. What a file may hold is
 * bounded: its length, the number of formats, the length and size of patterns (re2j, whose time is linear in the text).
 */
public final class MappingFile {

    /** The longest file, UTF-16 units. */
    public static final int MAX_CHARACTERS = 256 << 10;

    private static final int MAX_DOCUMENTS = 50;
    private static final int MAX_DEPTH = 10;
    private static final int MAX_PATTERN = 2000;
    private static final int MAX_PROGRAM = 2000;
    private static final int SHORTEST_MARK = 3;
    private static final String PREFIX = "own.";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
    private static final Set<String> EVENTS = Set.of("fields", "event", "events");
    private static final Set<String> LAYOUTS = Set.of("line", "pairs", "cells");
    private static final Set<String> OF_EVENTS =
            Set.of("when", "ignore", "dataset", "kind", "time", "needs", "observer", "also");

    private final String file;
    private final String prefix;

    /** The named lists of sources of the document at hand. */
    private Map<String, List<String>> lists = Map.of();

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
            Map<String, Node> before = Map.of();
            for (Node document : new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
                if (mappings.size() == MAX_DOCUMENTS) {
                    throw new Mistake(document, "more than " + MAX_DOCUMENTS + " formats in one file");
                }
                Map<String, Node> keys = document(document, before);
                before = keys;
                Mapping mapping = mapping(keys, document);
                checkForms(mappings, mapping, document);
                mappings.add(mapping);
            }
            return mappings.isEmpty()
                    ? new MappingReading.Invalid(file, 1, "the file holds no format")
                    : new MappingReading.Valid(mappings);
        } catch (Mistake mistake) {
            return new MappingReading.Invalid(file, mistake.line, mistake.reason);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return new MappingReading.Invalid(file, line, e.getProblem() == null ? "not YAML" : e.getProblem());
        } catch (YAMLException e) {
            return new MappingReading.Invalid(file, 1, e.getMessage() == null ? "not YAML" : e.getMessage());
        }
    }

    private static void checkForms(List<Mapping> before, Mapping mapping, Node document) throws Mistake {
        for (Mapping other : before) {
            if (other.name().equals(mapping.name())
                    && other.signature().getClass() != mapping.signature().getClass()) {
                throw new Mistake(document, "name: the forms of one format are all JSON, or all lines");
            }
        }
    }

    /** The keys of a document; one without events has those of the form of its name before it. */
    private static Map<String, Node> document(Node root, Map<String, Node> before) throws Mistake {
        Map<String, Node> keys = keys(
                root,
                "the document",
                Set.of("name", "match", "line", "pairs", "cells", "sources", "fields", "event", "events"));
        String name = text(required(keys, "name", root), "name");
        boolean isForm = EVENTS.stream().noneMatch(keys::containsKey)
                && before.containsKey("name")
                && name.equals(text(required(before, "name", root), "name"));
        if (isForm) {
            before.forEach((key, node) -> {
                if (EVENTS.contains(key)) {
                    keys.put(key, node);
                }
            });
        }
        return keys;
    }

    private Mapping mapping(Map<String, Node> keys, Node root) throws Mistake {
        Node nameNode = required(keys, "name", root);
        String name = prefix + text(nameNode, "name");
        if (!NAME.matches(name.substring(prefix.length()))) {
            throw new Mistake(nameNode, "name: 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter first");
        }
        lists = keys.containsKey("sources") ? lists(keys.get("sources")) : Map.of();
        Signature signature = signature(required(keys, "match", root), keys, root);
        Map<String, Node> shared = keys.containsKey("fields") ? keys(keys.get("fields"), "fields", null) : Map.of();
        if (keys.containsKey("event") == keys.containsKey("events")) {
            throw new Mistake(root, "event: one of event and events is needed");
        }
        List<Case> cases = new ArrayList<>();
        Node one = keys.get("event");
        for (Node each : one == null ? items(required(keys, "events", root), "events") : List.of(one)) {
            cases.add(event(each, name, shared, signature));
        }
        return new Mapping(name, signature, cases);
    }

    private static Map<String, List<String>> lists(Node node) throws Mistake {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Map.Entry<String, Node> each : keys(node, "sources", null).entrySet()) {
            lists.put(
                    each.getKey(),
                    texts(each.getValue(), each.getKey()).stream()
                            .flatMap(MappingFile::spellings)
                            .distinct()
                            .toList());
        }
        return lists;
    }

    /** A pointer as it is; words with {@code _} between them as {@code a_b}, {@code ab}, {@code aB} and {@code AB}. */
    private static Stream<String> spellings(String words) {
        if (words.startsWith("/")) {
            return Stream.of(words);
        }
        String pascal = Arrays.stream(words.split("_", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        String camel = words.substring(0, 1) + pascal.substring(1);
        return Stream.of(words, camel, pascal, words.replace("_", ""), words.toUpperCase(Locale.ROOT));
    }

    private Case event(Node node, String name, Map<String, Node> shared, Signature signature) throws Mistake {
        Map<String, Node> own = keys(node, "event", null);
        Map<String, Node> keys = new LinkedHashMap<>(shared);
        keys.putAll(own);
        Condition when = own.containsKey("when") ? condition(own.get("when"), "when", signature) : Condition.NONE;
        String dataset = own.containsKey("dataset") ? prefix + text(own.get("dataset"), "dataset") : name;
        if (own.containsKey("ignore")) {
            return new Case(when, dataset, new Result.Ignored(text(own.get("ignore"), "ignore")));
        }
        Node kindNode = required(keys, "kind", node);
        EventKind kind = kind(kindNode);
        TimeRule time = time(required(keys, "time", node), signature);
        List<Rule> rules = new ArrayList<>();
        Set<TargetField> targets = EnumSet.noneOf(TargetField.class);
        for (Map.Entry<String, Node> field : keys.entrySet()) {
            if (!OF_EVENTS.contains(field.getKey()) && !isLeftOut(field.getValue())) {
                TargetField target = target(field.getKey(), field.getValue());
                rules.add(new Rule(target, choices(field.getValue(), target.spelling(), signature)));
                targets.add(target);
            }
        }
        Set<TargetField> neededBy = TargetField.NEEDED.getOrDefault(kind, Set.of());
        if (neededBy.stream().noneMatch(targets::contains)) {
            throw new Mistake(
                    kindNode,
                    "kind: " + kind + " needs "
                            + neededBy.stream()
                                    .map(TargetField::spelling)
                                    .sorted()
                                    .collect(Collectors.joining(" or ")));
        }
        Set<TargetField> needs = EnumSet.noneOf(TargetField.class);
        Node needed = keys.get("needs");
        for (String need : needed == null ? List.<String>of() : texts(needed, "needs")) {
            needs.add(target(need, needed == null ? node : needed));
        }
        return new Case(
                when,
                dataset,
                new Result.Mapped(
                        kind,
                        time,
                        rules,
                        needs,
                        keys.containsKey("observer") ? observer(keys.get("observer"), kind) : null,
                        isTrue(own.get("also"), "also"),
                        targets.stream().map(TargetField::part).collect(Collectors.toSet())));
    }

    /** An event leaves a field out that all others have. */
    private static boolean isLeftOut(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals("none");
    }

    private static TargetField target(String name, Node node) throws Mistake {
        TargetField target = TargetField.named(name);
        if (target == null) {
            throw new Mistake(node, name + ": no such field of an event");
        }
        return target;
    }

    private static Witness observer(Node node, EventKind kind) throws Mistake {
        for (Witness each : Witness.values()) {
            if (kind == EventKind.HTTP_REQUEST
                    && each.name().toLowerCase(Locale.ROOT).equals(text(node, "observer"))) {
                return each;
            }
        }
        throw new Mistake(node, "observer: proxy, sensor or firewall, of a request");
    }

    private static EventKind kind(Node node) throws Mistake {
        String text = text(node, "kind");
        for (EventKind kind : TargetField.NEEDED.keySet()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        throw new Mistake(
                node,
                "kind: one of "
                        + TargetField.NEEDED.keySet().stream()
                                .map(EventKind::name)
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private Signature signature(Node match, Map<String, Node> document, Node root) throws Mistake {
        Map<String, Node> keys = keys(match, "match", Set.of("json", "begins", "contains", "all", "pattern"));
        List<String> layouts = LAYOUTS.stream().filter(document::containsKey).toList();
        boolean isBare = keys.isEmpty() || keys.size() == 1 && keys.containsKey("pattern");
        if (isBare || keys.containsKey("json") && keys.size() > 1) {
            throw new Mistake(
                    match, "match: one of json, begins, contains, all; or several of the last three, and a pattern");
        }
        if (keys.containsKey("json")) {
            if (!layouts.isEmpty()) {
                throw new Mistake(
                        document.getOrDefault(layouts.getFirst(), root), "line: only for records that are lines");
            }
            Signature none = new Signature.Json(Condition.NONE);
            Condition condition = condition(keys.get("json"), "json", none);
            if (condition.alternatives().stream().anyMatch(Map::isEmpty)) {
                throw new Mistake(keys.get("json"), "json: at least one pointer");
            }
            return new Signature.Json(condition);
        }
        if (layouts.size() != 1) {
            throw new Mistake(
                    root, "line: a pattern is needed for records that are lines, or 'pairs: true', or 'cells: true'");
        }
        Layout layout = layout(layouts.getFirst(), document, root);
        return new Signature.Line(
                marks(keys.get("begins")),
                marks(keys.get("contains")),
                marks(keys.get("all")),
                keys.containsKey("pattern") ? pattern(keys.get("pattern"), "match") : null,
                layout,
                prefix.isEmpty()
                        && !(layout instanceof Layout.Cells cells
                                && !cells.header().isEmpty()));
    }

    private Layout layout(String key, Map<String, Node> document, Node root) throws Mistake {
        Node node = required(document, key, root);
        if (key.equals("line")) {
            return new Layout.Groups(pattern(node, "line"));
        }
        boolean isPlain = node instanceof ScalarNode && isTrue(node, key);
        if (key.equals("pairs")) {
            Map<String, Node> keys =
                    isPlain ? Map.of() : keys(node, key, Set.of("separator", "assign", "after", "plain"));
            return new Layout.Pairs(
                    new KeyValuePairs(
                            sign(keys, "separator", ' '),
                            sign(keys, "assign", '='),
                            isTrue(keys.get("plain"), "plain")),
                    keys.containsKey("after") ? anyText(keys.get("after"), "after") : "");
        }
        Map<String, Node> keys =
                isPlain ? Map.of() : keys(node, key, Set.of("separator", "columns", "least", "header"));
        char separator = sign(keys, "separator", ',');
        List<String> columns = keys.containsKey("columns") ? texts(keys.get("columns"), "columns") : List.of();
        String least = keys.containsKey("least") ? text(keys.get("least"), "least") : "2";
        if (!least.matches("[1-9][0-9]?")) {
            throw new Mistake(node, "least: 1 to 99 cells");
        }
        return new Layout.Cells(
                new DelimitedRow(separator, separator == ' ', separator != '\t'),
                columns,
                Integer.parseInt(least),
                keys.containsKey("header") ? text(keys.get("header"), "header") : "");
    }

    private static char sign(Map<String, Node> keys, String key, char usual) throws Mistake {
        Node node = keys.get(key);
        if (node == null) {
            return usual;
        }
        String text = anyText(node, key);
        if (text.length() != 1) {
            throw new Mistake(node, key + ": one character");
        }
        return text.charAt(0);
    }

    /** What a line begins with or contains. */
    private List<String> marks(@Nullable Node node) throws Mistake {
        if (node == null) {
            return List.of();
        }
        List<String> texts = texts(node, "match");
        int shortest = prefix.isEmpty() ? 1 : SHORTEST_MARK;
        for (String text : texts) {
            if (text.length() < shortest || !text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t')) {
                throw new Mistake(node, "match: at least three characters, ASCII only");
            }
        }
        return texts;
    }

    /** An object of sources with their texts, or a list of such objects, of which one must hold. */
    private Condition condition(Node node, String key, Signature signature) throws Mistake {
        List<Map<String, Accepted>> alternatives = new ArrayList<>();
        for (Node each : items(node, key)) {
            alternatives.add(accepted(each, key, signature));
        }
        return new Condition(alternatives);
    }

    private Map<String, Accepted> accepted(Node node, String key, Signature signature) throws Mistake {
        Map<String, Accepted> all = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : keys(node, key, null).entrySet()) {
            Node texts = entry.getValue();
            Map<String, Node> kind =
                    texts instanceof MappingNode ? keys(texts, key, Set.of("not", "pattern")) : Map.of();
            Accepted accepted = kind.containsKey("pattern")
                    ? new Accepted(List.of(), false, pattern(kind.get("pattern"), key))
                    : new Accepted(
                            texts(kind.isEmpty() ? texts : required(kind, "not", texts), entry.getKey()),
                            !kind.isEmpty(),
                            null);
            all.put(source(entry.getKey(), texts, key, signature), accepted);
        }
        return all;
    }

    private TimeRule time(Node node, Signature signature) throws Mistake {
        if (isLeftOut(node)) {
            return TimeRule.NONE;
        }
        if (!(node instanceof MappingNode)) {
            return new TimeRule(choices(node, "time", signature), null, null, List.of(), false);
        }
        Map<String, Node> keys = keys(node, "time", Set.of("from", "join", "format", "zone", "zone_from", "day_first"));
        Node zone = keys.get("zone");
        Node zoneFrom = keys.get("zone_from");
        return new TimeRule(
                keys.containsKey("join")
                        ? List.of(Choice.joined(sources(keys.get("join"), "time", signature), " "))
                        : choices(required(keys, "from", node), "time", signature),
                keys.containsKey("format") ? format(keys.get("format")) : null,
                zone == null ? null : zone(zone),
                zoneFrom == null ? List.of() : sources(zoneFrom, "zone_from", signature),
                isTrue(keys.get("day_first"), "day_first"));
    }

    private static TimePattern format(Node node) throws Mistake {
        try {
            return TimePattern.of(text(node, "format"));
        } catch (IllegalArgumentException e) {
            throw new Mistake(node, "format: " + e.getMessage());
        }
    }

    private static ZoneId zone(Node node) throws Mistake {
        try {
            ZoneId zone = ZoneId.of(text(node, "zone"));
            return zone.getId().equals("UTC") ? ZoneOffset.UTC : zone;
        } catch (DateTimeException e) {
            throw new Mistake(node, "zone: " + e.getMessage());
        }
    }

    /** A source, a list of them, an object with keys of its own, or a list of these. */
    private List<Choice> choices(Node node, String name, Signature signature) throws Mistake {
        if (node instanceof MappingNode) {
            return List.of(choice(node, name, signature));
        }
        List<Node> items = items(node, name);
        if (items.stream().noneMatch(MappingNode.class::isInstance)) {
            return List.of(Choice.of(sources(node, name, signature)));
        }
        List<Choice> choices = new ArrayList<>();
        for (Node item : items) {
            choices.add(
                    item instanceof MappingNode
                            ? choice(item, name, signature)
                            : Choice.of(sources(item, name, signature)));
        }
        return choices;
    }

    private Choice choice(Node node, String name, Signature signature) throws Mistake {
        Map<String, Node> keys = keys(
                node,
                name,
                Set.of(
                        "from",
                        "pattern",
                        "constant",
                        "replace",
                        "prefix",
                        "values",
                        "join",
                        "split",
                        "decode",
                        "when",
                        "unlike",
                        "beside"));
        Condition when = keys.containsKey("when") ? condition(keys.get("when"), "when", signature) : Condition.NONE;
        if (keys.containsKey("constant")) {
            if (keys.size() > (keys.containsKey("when") ? 2 : 1)) {
                throw new Mistake(keys.get("constant"), name + ": a constant must be alone, or with 'when'");
            }
            return Choice.constant(text(keys.get("constant"), name), when);
        }
        return new Choice(
                sources(required(keys, "from", node), name, signature),
                null,
                keys.containsKey("pattern") ? pattern(keys.get("pattern"), name) : null,
                textsByText(keys.get("replace"), name),
                keys.containsKey("prefix") ? anyText(keys.get("prefix"), name) : "",
                textsByText(keys.get("values"), name),
                keys.containsKey("join") ? anyText(keys.get("join"), name) : null,
                keys.containsKey("split") ? text(keys.get("split"), name) : null,
                keys.containsKey("decode") ? decoding(keys.get("decode")) : Decoding.PLAIN,
                when,
                keys.containsKey("unlike") ? source(text(keys.get("unlike"), name), node, name, signature) : null,
                keys.containsKey("beside") ? accepted(keys.get("beside"), "beside", signature) : Map.of());
    }

    /** Texts by texts; none where there is no node. */
    private static Map<String, String> textsByText(@Nullable Node node, String name) throws Mistake {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node != null) {
            for (Map.Entry<String, Node> each : keys(node, name, null).entrySet()) {
                texts.put(each.getKey(), anyText(each.getValue(), name));
            }
        }
        return texts;
    }

    private static Decoding decoding(Node node) throws Mistake {
        for (Decoding each : Decoding.values()) {
            if (each != Decoding.PLAIN && each.name().toLowerCase(Locale.ROOT).equals(text(node, "decode"))) {
                return each;
            }
        }
        throw new Mistake(node, "decode: labels, mailboxes, arguments, command, hex or codesigning");
    }

    private List<String> sources(Node node, String key, Signature signature) throws Mistake {
        List<String> sources = new ArrayList<>();
        for (String text : texts(node, key)) {
            sources.add(source(text, node, key, signature));
        }
        return sources;
    }

    private String source(String text, Node node, String key, Signature signature) throws Mistake {
        if (text.startsWith("$")) {
            List<String> names = lists.get(text.substring(1));
            if (names == null) {
                throw new Mistake(node, key + ": 'sources' has no list '" + text.substring(1) + "'");
            }
            boolean isJson = signature instanceof Signature.Json;
            List<String> all = new ArrayList<>();
            for (String name : names) {
                all.add(source(isJson && !name.startsWith("/") ? "/" + name : name, node, key, signature));
            }
            return String.join(TextSource.Any.SEPARATOR, all);
        }
        boolean isLine = signature instanceof Signature.Line && text.equals(TextSource.LINE);
        if (isLine || TextSource.Envelope.named(text) != null) {
            return text;
        }
        return switch (signature) {
            case Signature.Json json -> path(text, node);
            case Signature.Line line -> {
                switch (line.layout()) {
                    case Layout.Groups groups -> {
                        if (!groups.pattern().groups().containsKey(text)) {
                            throw new Mistake(node, key + ": 'line' has no group (?P<" + text + ">…)");
                        }
                    }
                    case Layout.Pairs any -> {}
                    case Layout.Cells cells -> {
                        if (!cells.columns().contains(text)
                                && !isCell(text)
                                && cells.header().isEmpty()) {
                            throw new Mistake(
                                    node, key + ": 'cells' has no column '" + text + "', and it is no number");
                        }
                    }
                }
                yield text;
            }
        };
    }

    private static boolean isCell(String text) {
        return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= Layout.Cells.MAX_CELLS;
    }

    /** The path with dots of a JSON pointer (RFC 6901). */
    private static String path(String pointer, Node node) throws Mistake {
        if (pointer.length() < 2 || pointer.charAt(0) != '/' || pointer.endsWith("/") || pointer.contains("//")) {
            throw new Mistake(node, "'" + pointer + "' is no JSON pointer such as /client/ip");
        }
        String[] names = pointer.substring(1).split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (!names[i].isEmpty() && names[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new Mistake(
                        node, "'" + pointer + "': positions in arrays are not distinguished; leave the number out");
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
            throw new Mistake(node, key + ": a pattern has at most " + MAX_PATTERN + " characters");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() > MAX_PROGRAM) {
                throw new Mistake(node, key + ": the pattern is too large; make its repetitions smaller");
            }
            return prefix.isEmpty() ? TextPattern.Bounded.of(pattern) : new TextPattern.Linear(pattern);
        } catch (PatternSyntaxException e) {
            throw new Mistake(node, key + ": " + e.getMessage());
        }
    }
}
