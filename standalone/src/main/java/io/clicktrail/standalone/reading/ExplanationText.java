package io.clicktrail.standalone.reading;

import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An explanation in words, and as a line of JSON. */
public final class ExplanationText {

    private static final JsonFactory JSON = new JsonFactory();

    private ExplanationText() {}

    /**
     * Lines for people.
     *
     * @param path the file of the record
     * @param record its index there
     */
    public static String words(String path, long record, List<ExplainedDocument> documents) {
        StringBuilder text = new StringBuilder();
        text.append(path).append(", record ").append(record).append('\n');
        for (ExplainedDocument each : documents) {
            text.append("  ");
            each.envelopes().forEach(envelope -> text.append(envelope).append(" > "));
            text.append(each.format()).append(": ").append(each.outcome()).append('\n');
            for (NamedValue field : each.fields()) {
                text.append("    ")
                        .append(field.name())
                        .append(": ")
                        .append(printable(field.value()))
                        .append('\n');
            }
            if (!each.leftOver().isEmpty()) {
                text.append("    left over: ")
                        .append(printable(String.join(", ", each.leftOver())))
                        .append('\n');
            }
        }
        if (documents.isEmpty()) {
            text.append("  nothing could be read\n");
        }
        return text.toString();
    }

    /** One line of JSON: {@code path}, {@code record} and {@code documents}. */
    public static String json(String path, long record, List<ExplainedDocument> documents) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("path", path);
            json.writeNumberProperty("record", record);
            json.writeName("documents");
            json.writeStartArray();
            for (ExplainedDocument each : documents) {
                json.writeStartObject();
                strings(json, "envelopes", each.envelopes());
                json.writeStringProperty("format", each.format());
                json.writeStringProperty("outcome", each.outcome());
                json.writeName("fields");
                json.writeStartArray();
                for (NamedValue field : each.fields()) {
                    json.writeStartObject();
                    json.writeStringProperty("name", field.name());
                    json.writeStringProperty("value", field.value());
                    json.writeEndObject();
                }
                json.writeEndArray();
                strings(json, "left_over", each.leftOver());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /** The text without what would move a terminal's cursor. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
        return clean.toString();
    }
}
