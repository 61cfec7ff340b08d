package io.clicktrail.schemas;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Evidence;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a record as one line of JSON with ECS names (elastic.co/docs/reference/ecs), without absent fields. It follows
 * the schema, so a new field is written under its own name; a table has the names that differ in ECS. Fields without an
 * ECS name keep ours: {@code logon}, {@code lease}, {@code source}, {@code event.time_quality}. The results of the
 * enricher are below {@code clicktrail}.
 *
 * @param <T> type of the records
 */
public final class EventEcsJson<T extends IndexedRecord> {

    private static final Map<String, String> ECS = Map.ofEntries(
            Map.entry("event_id", "event.id"),
            Map.entry("time", "@timestamp"),
            Map.entry("time_quality", "event.time_quality"),
            Map.entry("kind", "event.action"),
            Map.entry("code", "event.code"),
            Map.entry("outcome", "event.outcome"),
            Map.entry("source.dataset", "event.dataset"),
            Map.entry("source.sha256", "event.hash"),
            Map.entry("host.platform", "host.os.type"),
            Map.entry("host.os_version", "host.os.version"),
            Map.entry("process.original_file_name", "process.pe.original_file_name"),
            Map.entry("transfer.sent", "client.bytes"),
            Map.entry("transfer.received", "destination.bytes"),
            Map.entry("http.method", "http.request.method"),
            Map.entry("http.referrer", "http.request.referrer"),
            Map.entry("http.status_code", "http.response.status_code"),
            Map.entry("http.mime_type", "http.response.mime_type"),
            Map.entry("http.response_bytes", "http.response.body.bytes"),
            Map.entry("http.user_agent", "user_agent.original"),
            Map.entry("dns.question_name", "dns.question.name"),
            Map.entry("dns.question_type", "dns.question.type"));

    /** Names of the coordinates of a record that was never in Kafka. */
    private static final Map<String, String> IN_FILES =
            Map.of("source.topic", "source.path", "source.offset", "source.record");

    private static final String EVENT = "event";
    private static final String OURS = "clicktrail.";

    private final JsonFactory factory = new JsonFactory();
    private final Node root = new Node();
    private final Map<String, String> names;

    private EventEcsJson(Map<String, String> names) {
        this.names = names;
        root.make("@timestamp");
    }

    /** Writes normalized events. */
    public static EventEcsJson<Event> ofEvents() {
        return ofEvents(Map.of());
    }

    /**
     * Writes events that were read from files: {@code source.path} is the file, {@code source.record} the record's
     * index in it from 0.
     */
    public static EventEcsJson<Event> ofEventsOfFiles() {
        return ofEvents(IN_FILES);
    }

    private static EventEcsJson<Event> ofEvents(Map<String, String> names) {
        var json = new EventEcsJson<Event>(names);
        json.add(Event.getClassSchema(), "", new int[0]);
        return json;
    }

    /** Writes enriched events. */
    public static EventEcsJson<Evidence> ofEvidence() {
        var json = new EventEcsJson<Evidence>(Map.of());
        Schema schema = Evidence.getClassSchema();
        for (Schema.Field field : schema.getFields()) {
            int[] way = {field.pos()};
            Schema type = withoutNull(field.schema());
            if (field.name().equals(EVENT)) {
                json.add(type, "", way);
            } else if (type.getType() == Schema.Type.RECORD) {
                json.add(type, OURS + field.name() + ".", way);
            } else {
                json.root.make(OURS + field.name()).way = way;
            }
        }
        return json;
    }

    /** One line, without a line break. */
    public String write(T event) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members(root, event, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void add(Schema record, String prefix, int[] positions) {
        for (Schema.Field field : record.getFields()) {
            String path = prefix + field.name();
            int[] way = Arrays.copyOf(positions, positions.length + 1);
            way[positions.length] = field.pos();
            Schema schema = withoutNull(field.schema());
            if (schema.getType() == Schema.Type.RECORD) {
                add(schema, path + ".", way);
            } else {
                root.make(names.getOrDefault(path, ECS.getOrDefault(path, path))).way = way;
            }
        }
    }

    private static Schema withoutNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static void members(Node node, IndexedRecord event, JsonGenerator json) {
        for (Map.Entry<String, Node> entry : node.children.entrySet()) {
            Node child = entry.getValue();
            if (!isPresent(child, event)) {
                continue;
            }
            json.writeName(entry.getKey());
            Object value = child.value(event);
            if (value == null) {
                json.writeStartObject();
                members(child, event, json);
                json.writeEndObject();
            } else {
                value(value, json);
            }
        }
    }

    private static boolean isPresent(Node node, IndexedRecord event) {
        if (node.value(event) != null) {
            return true;
        }
        for (Node child : node.children.values()) {
            if (isPresent(child, event)) {
                return true;
            }
        }
        return false;
    }

    private static void value(Object value, JsonGenerator json) {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Enum<?> symbol -> json.writeString(symbol.name().toLowerCase(Locale.ROOT));
            case Collection<?> list -> {
                json.writeStartArray();
                list.forEach(element -> value(element, json));
                json.writeEndArray();
            }
            case IndexedRecord record -> {
                json.writeStartObject();
                for (Schema.Field field : record.getSchema().getFields()) {
                    Object member = record.get(field.pos());
                    if (member != null) {
                        json.writeName(field.name());
                        value(member, json);
                    }
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }

    /** A name in the output: an object, or the position of a value in the event. */
    private static final class Node {
        private final Map<String, Node> children = new LinkedHashMap<>();
        private int @Nullable [] way;

        Node make(String path) {
            int dot = path.indexOf('.');
            Node child = children.computeIfAbsent(dot < 0 ? path : path.substring(0, dot), name -> new Node());
            return dot < 0 ? child : child.make(path.substring(dot + 1));
        }

        /** The value, or null for an object, an absent value, an empty list and an enum symbol without meaning. */
        @Nullable
        Object value(IndexedRecord event) {
            if (way == null) {
                return null;
            }
            Object at = event;
            for (int position : way) {
                if (at == null) {
                    return null;
                }
                at = ((IndexedRecord) at).get(position);
            }
            return at == null || saysNothing(at) ? null : at;
        }

        private static boolean saysNothing(Object value) {
            return switch (value) {
                case Collection<?> list -> list.isEmpty();
                case EventKind kind -> false;
                case Enum<?> symbol ->
                    symbol.name().equals("UNKNOWN")
                            || symbol.name().equals("NONE")
                            || symbol.name().equals("EXACT");
                default -> false;
            };
        }
    }
}
