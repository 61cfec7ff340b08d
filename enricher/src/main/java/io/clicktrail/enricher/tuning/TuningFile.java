package io.clicktrail.enricher.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.QuarantinePolicy;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * Reads tuning documents in YAML or JSON. The keys are MITRE's names of the mutable elements of DET0066; every key but
 * platform and version may be left out and then has the platform's built-in value.
 */
public final class TuningFile {

    private static final int MAX_CHARACTERS = 4_000_000;
    private static final Set<String> ENTRY_KEYS = Set.of("pattern", "scope", "owner", "reason", "expires");

    private final String file;
    private final Catalogues catalogues;

    private TuningFile(String file, Catalogues catalogues) {
        this.file = file;
        this.catalogues = catalogues;
    }

    /**
     * Reads a document.
     *
     * @param file name for messages
     * @param text content of the file
     */
    public static TuningReading parse(String file, String text, Catalogues catalogues) {
        return new TuningFile(file, catalogues).read(text, true);
    }

    /** The built-in documents, one per platform, with MITRE's values. */
    public static List<Tuning> builtIn(Catalogues catalogues) {
        return List.of(
                builtIn("windows.yaml", catalogues),
                builtIn("linux.yaml", catalogues),
                builtIn("macos.yaml", catalogues));
    }

    /** The JSON Schema of the documents, for editors. */
    public static String jsonSchema() {
        return resource("tuning.schema.json");
    }

    /** A document as YAML that {@link #parse} reads back. */
    public static String write(Tuning document) {
        return TuningYaml.of(document);
    }

    private static String resource(String name) {
        try (InputStream in = TuningFile.class.getResourceAsStream("/io/clicktrail/enricher/tuning/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tuning builtIn(String name, Catalogues catalogues) {
        return switch (new TuningFile(name, catalogues).read(resource(name), false)) {
            case TuningReading.Valid valid -> valid.document();
            case TuningReading.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private TuningReading read(String text, boolean withDefaults) {
        try {
            return new TuningReading.Valid(document(rootOf(text), withDefaults));
        } catch (Mistake mistake) {
            return new TuningReading.Invalid(file, mistake.line, mistake.reason);
        }
    }

    private static MappingNode rootOf(String text) throws Mistake {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(8);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            throw new Mistake(1, "expected keys and values");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new Mistake(line, e.getProblem() == null ? "not YAML" : e.getProblem());
        } catch (YAMLException e) {
            throw new Mistake(1, e.getMessage() == null ? "not YAML" : e.getMessage());
        }
    }

    private Tuning document(MappingNode root, boolean withDefaults) throws Mistake {
        Map<String, Node> values = values(root);
        Platform platform = constant(Platform.class, required(values, "platform", root), "platform");
        if (platform == Platform.UNKNOWN) {
            throw new Mistake(line(required(values, "platform", root)), "platform: one of WINDOWS, LINUX, MACOS");
        }
        var document = from(withDefaults ? defaults(platform) : blank(platform))
                .setPlatform(platform)
                .setVersion(text(required(values, "version", root), "version"));
        for (var value : values.entrySet()) {
            String key = value.getKey();
            Node node = value.getValue();
            switch (key) {
                case "platform", "version" -> {}
                case "TimeWindow" -> document.setTimeWindowMs(millis(node, key));
                case "FollowOnWindow" -> document.setFollowOnMs(millis(node, key));
                case "ClockSkew" -> document.setSkewMs(millis(node, key));
                case "Grace" -> document.setGraceMs(millis(node, key));
                case "BrowserParents" -> document.setBrowserParents(texts(node, key));
                case "UserPaths" -> document.setUserPaths(texts(node, key));
                case "SuspiciousTLDs" -> document.setSuspiciousTlds(texts(node, key));
                case "AllowedCDNs" -> document.setAllowedCdns(allowEntries(node, key));
                case "HighRiskExtensions" -> document.setHighRiskExtensions(texts(node, key));
                case "DomainRiskScore" -> document.setDomainRiskScore(number(node, key));
                case "QuarantinePolicy" -> document.setQuarantinePolicy(constant(QuarantinePolicy.class, node, key));
                case "OwnDomains" -> document.setOwnDomains(texts(node, key));
                case "ProtectedBrands" -> document.setProtectedBrands(texts(node, key));
                default -> throw new Mistake(line(node), key + ": unknown key");
            }
        }
        Tuning read = document.build();
        List<String> problems = TuningCheck.problems(read, catalogues.domains());
        if (!problems.isEmpty()) {
            String problem = problems.getFirst();
            Node at = values.get(problem.substring(0, Math.max(problem.indexOf(':'), 0)));
            throw new Mistake(at == null ? line(root) : line(at), problem);
        }
        return read;
    }

    private Tuning defaults(Platform platform) {
        return builtIn(catalogues).stream()
                .filter(document -> document.getPlatform() == platform)
                .findFirst()
                .orElseThrow();
    }

    /** Field by field: Avro's own copy of a record loads its enums by name, which it refuses outside a serde. */
    private static Tuning.Builder from(Tuning document) {
        return Tuning.newBuilder()
                .setTimeWindowMs(document.getTimeWindowMs())
                .setFollowOnMs(document.getFollowOnMs())
                .setSkewMs(document.getSkewMs())
                .setGraceMs(document.getGraceMs())
                .setBrowserParents(document.getBrowserParents())
                .setUserPaths(document.getUserPaths())
                .setSuspiciousTlds(document.getSuspiciousTlds())
                .setAllowedCdns(document.getAllowedCdns())
                .setHighRiskExtensions(document.getHighRiskExtensions())
                .setDomainRiskScore(document.getDomainRiskScore())
                .setQuarantinePolicy(document.getQuarantinePolicy())
                .setOwnDomains(document.getOwnDomains())
                .setProtectedBrands(document.getProtectedBrands());
    }

    private static Tuning blank(Platform platform) {
        return new Tuning(
                platform,
                "",
                0L,
                0L,
                0L,
                0L,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                QuarantinePolicy.IGNORE,
                List.of(),
                List.of());
    }

    private List<AllowEntry> allowEntries(Node node, String key) throws Mistake {
        List<AllowEntry> entries = new ArrayList<>();
        for (Node item : items(node, key)) {
            if (!(item instanceof MappingNode mapping)) {
                throw new Mistake(line(item), key + ": expected pattern, scope, owner, reason, expires");
            }
            Map<String, Node> values = values(mapping);
            for (var value : values.entrySet()) {
                if (!ENTRY_KEYS.contains(value.getKey())) {
                    throw new Mistake(line(value.getValue()), key + "." + value.getKey() + ": unknown key");
                }
            }
            Node scope = values.get("scope");
            var entry = new AllowEntry(
                    text(required(values, "pattern", item), key + ".pattern"),
                    scope == null ? AllowScope.DOMAIN_SCORE : constant(AllowScope.class, scope, key + ".scope"),
                    text(required(values, "owner", item), key + ".owner"),
                    text(required(values, "reason", item), key + ".reason"),
                    instant(required(values, "expires", item), key + ".expires"));
            String problem = TuningCheck.problem(entry, catalogues.domains());
            if (problem != null) {
                throw new Mistake(line(item), problem);
            }
            entries.add(entry);
        }
        return entries;
    }

    private static Map<String, Node> values(MappingNode mapping) throws Mistake {
        Map<String, Node> values = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), "key");
            if (values.put(key, tuple.getValueNode()) != null) {
                throw new Mistake(line(tuple.getKeyNode()), key + ": given twice");
            }
        }
        return values;
    }

    private static Node required(Map<String, Node> values, String key, Node owner) throws Mistake {
        Node node = values.get(key);
        if (node == null) {
            throw new Mistake(line(owner), key + ": missing");
        }
        return node;
    }

    private static List<Node> items(Node node, String key) throws Mistake {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw new Mistake(line(node), key + ": expected a list");
    }

    private static List<String> texts(Node node, String key) throws Mistake {
        List<String> texts = new ArrayList<>();
        for (Node item : items(node, key)) {
            texts.add(text(item, key));
        }
        return texts;
    }

    private static String text(Node node, String key) throws Mistake {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw new Mistake(line(node), key + ": expected a text that is not empty");
    }

    private static int number(Node node, String key) throws Mistake {
        try {
            return Integer.parseInt(text(node, key));
        } catch (NumberFormatException e) {
            throw new Mistake(line(node), key + ": expected a whole number");
        }
    }

    private static long millis(Node node, String key) throws Mistake {
        try {
            return Duration.parse(text(node, key)).toMillis();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new Mistake(line(node), key + ": expected a duration such as PT15M");
        }
    }

    private static Instant instant(Node node, String key) throws Mistake {
        try {
            return Instant.parse(text(node, key));
        } catch (DateTimeParseException e) {
            throw new Mistake(line(node), key + ": expected a time such as 2027-06-30T00:00:00Z");
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Node node, String key) throws Mistake {
        String text = text(node, key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new Mistake(line(node), key + ": " + text + " is none of " + List.of(type.getEnumConstants()));
    }

    private static int line(@Nullable Node node) {
        return node == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /** A mistake of the author, carried up to {@link #read} and no further. */
    private static final class Mistake extends Exception {

        private final int line;
        private final String reason;

        Mistake(int line, String reason) {
            super(reason, null, false, false);
            this.line = line;
            this.reason = reason;
        }
    }
}
