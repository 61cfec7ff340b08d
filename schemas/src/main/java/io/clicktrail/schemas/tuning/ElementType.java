package io.clicktrail.schemas.tuning;

import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that values of an element have in files, and their range and unit. A new form is one more record here.
 *
 * @param <T> type in the Avro record
 */
sealed interface ElementType<T> {

    /**
     * Reads a value; its range is checked later, by {@link #problems}.
     *
     * @param key element, for messages
     * @throws YamlMistake where the node has another form
     */
    T read(Node node, String key) throws YamlMistake;

    /** The value as YAML and JSON have it: text, number, list or map. */
    Object plain(T value);

    /** The values that are allowed, and their unit, in words. */
    String range();

    /** Why a value may not be used; empty where it may. */
    List<TuningProblem> problems(String key, T value);

    /** Number of entries of a list, else 0. */
    default int entries(T value) {
        return 0;
    }

    /** The JSON Schema of the form, without a description. */
    ObjectNode jsonSchema();

    /** A length of time: ISO 8601 in files, milliseconds in the record. */
    record Span(Duration least, Duration most) implements ElementType<Long> {

        @Override
        public Long read(Node node, String key) throws YamlMistake {
            try {
                return Duration.parse(YamlNodes.text(node, key)).toMillis();
            } catch (DateTimeParseException | ArithmeticException e) {
                throw new YamlMistake(node, key + ": expected a duration such as PT15M");
            }
        }

        @Override
        public Object plain(Long value) {
            return Duration.ofMillis(value).toString();
        }

        @Override
        public String range() {
            return "from " + least + " to " + most;
        }

        @Override
        public List<TuningProblem> problems(String key, Long value) {
            return value < least.toMillis() || value > most.toMillis()
                    ? List.of(TuningProblem.outOf(range(), key, plain(value)))
                    : List.of();
        }

        @Override
        public ObjectNode jsonSchema() {
            return object().put("type", "string").put("format", "duration");
        }
    }

    /** A whole number. */
    record WholeNumber(int least, int most) implements ElementType<Integer> {

        @Override
        public Integer read(Node node, String key) throws YamlMistake {
            try {
                return Integer.valueOf(YamlNodes.text(node, key));
            } catch (NumberFormatException e) {
                throw new YamlMistake(node, key + ": expected a whole number");
            }
        }

        @Override
        public Object plain(Integer value) {
            return value;
        }

        @Override
        public String range() {
            return "from " + least + " to " + most;
        }

        @Override
        public List<TuningProblem> problems(String key, Integer value) {
            return value < least || value > most ? List.of(TuningProblem.outOf(range(), key, value)) : List.of();
        }

        @Override
        public ObjectNode jsonSchema() {
            return object().put("type", "integer").put("minimum", least).put("maximum", most);
        }
    }

    /** One constant of an enum. */
    record Choice<E extends Enum<E>>(Class<E> constants) implements ElementType<E> {

        @Override
        public E read(Node node, String key) throws YamlMistake {
            return YamlNodes.constant(constants, node, key);
        }

        @Override
        public Object plain(E value) {
            return value.name();
        }

        @Override
        public String range() {
            return String.join(" or ", names());
        }

        @Override
        public List<TuningProblem> problems(String key, E value) {
            return List.of();
        }

        @Override
        public ObjectNode jsonSchema() {
            ObjectNode schema = object();
            names().forEach(schema.putArray("enum")::add);
            return schema;
        }

        private List<String> names() {
            return Arrays.stream(constants.getEnumConstants()).map(Enum::name).toList();
        }
    }

    /**
     * A list of texts.
     *
     * @param example an entry as authors would write it
     */
    record Texts(String example) implements ElementType<List<String>> {

        @Override
        public List<String> read(Node node, String key) throws YamlMistake {
            List<String> texts = new ArrayList<>();
            for (Node item : YamlNodes.items(node, key)) {
                texts.add(YamlNodes.text(item, key));
            }
            return List.copyOf(texts);
        }

        @Override
        public Object plain(List<String> value) {
            return List.copyOf(value);
        }

        @Override
        public String range() {
            return "list of texts";
        }

        @Override
        public List<TuningProblem> problems(String key, List<String> value) {
            return List.of();
        }

        @Override
        public int entries(List<String> value) {
            return value.size();
        }

        @Override
        public ObjectNode jsonSchema() {
            ObjectNode schema = object().put("type", "array").put("maxItems", TuningCheck.MAX_ENTRIES);
            schema.set("items", object().put("type", "string").put("minLength", 1));
            schema.putArray("examples").addArray().add(example);
            return schema;
        }
    }

    /** A list of {@link AllowEntry}; each has an owner, a reason and an end. */
    record AllowEntries() implements ElementType<List<AllowEntry>> {

        private static final List<String> KEYS = List.of("pattern", "scope", "owner", "reason", "expires");

        @Override
        public List<AllowEntry> read(Node node, String key) throws YamlMistake {
            List<AllowEntry> entries = new ArrayList<>();
            for (Node item : YamlNodes.items(node, key)) {
                entries.add(entry(item, key));
            }
            return List.copyOf(entries);
        }

        private static AllowEntry entry(Node item, String key) throws YamlMistake {
            if (!(item instanceof MappingNode mapping)) {
                throw new YamlMistake(item, key + ": expected " + String.join(", ", KEYS));
            }
            Map<String, Node> values = YamlNodes.values(mapping);
            for (var value : values.entrySet()) {
                if (!KEYS.contains(value.getKey())) {
                    throw new YamlMistake(value.getValue(), key + "." + value.getKey() + ": unknown key");
                }
            }
            Node scope = values.get("scope");
            return new AllowEntry(
                    YamlNodes.text(YamlNodes.required(values, "pattern", item), key + ".pattern"),
                    scope == null
                            ? AllowScope.DOMAIN_SCORE
                            : YamlNodes.constant(AllowScope.class, scope, key + ".scope"),
                    YamlNodes.text(YamlNodes.required(values, "owner", item), key + ".owner"),
                    YamlNodes.text(YamlNodes.required(values, "reason", item), key + ".reason"),
                    instant(YamlNodes.required(values, "expires", item), key + ".expires"));
        }

        private static Instant instant(Node node, String key) throws YamlMistake {
            try {
                return Instant.parse(YamlNodes.text(node, key));
            } catch (DateTimeParseException e) {
                throw new YamlMistake(node, key + ": expected a time such as 2027-06-30T00:00:00Z");
            }
        }

        @Override
        public Object plain(List<AllowEntry> value) {
            return value.stream().map(AllowEntries::plain).toList();
        }

        private static Map<String, String> plain(AllowEntry entry) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("pattern", entry.getPattern());
            values.put("scope", entry.getScope().name());
            values.put("owner", entry.getOwner());
            values.put("reason", entry.getReason());
            values.put("expires", entry.getExpires().toString());
            return values;
        }

        @Override
        public String range() {
            return "list of entries";
        }

        @Override
        public List<TuningProblem> problems(String key, List<AllowEntry> value) {
            List<TuningProblem> problems = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                AllowEntry entry = value.get(i);
                if (entry.getOwner().isBlank() || entry.getReason().isBlank()) {
                    problems.add(TuningProblem.ofEntry(key, i, entry.getPattern() + " needs an owner and a reason"));
                }
            }
            return problems;
        }

        @Override
        public int entries(List<AllowEntry> value) {
            return value.size();
        }

        @Override
        public ObjectNode jsonSchema() {
            ObjectNode entry = object().put("type", "object").put("additionalProperties", false);
            ObjectNode properties = entry.putObject("properties");
            ArrayNode required = entry.putArray("required");
            for (String key : KEYS) {
                ObjectNode property = switch (key) {
                    case "scope" ->
                        new Choice<>(AllowScope.class).jsonSchema().put("default", AllowScope.DOMAIN_SCORE.name());
                    case "expires" -> object().put("type", "string").put("format", "date-time");
                    default -> object().put("type", "string").put("minLength", 1);
                };
                property.put(
                        "description", AllowEntry.getClassSchema().getField(key).doc());
                properties.set(key, property);
                if (!property.has("default")) {
                    required.add(key);
                }
            }
            ObjectNode schema = object().put("type", "array").put("maxItems", TuningCheck.MAX_ENTRIES);
            schema.set("items", entry);
            return schema;
        }
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
