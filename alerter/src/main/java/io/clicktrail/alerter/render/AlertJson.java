package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The whole case as plain JSON: the schema's field names and order, times as ISO 8601, absent values as null. */
public final class AlertJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AlertJson() {}

    /** The case as one line of JSON. */
    public static String of(Alert alert) {
        var out = new StringWriter(32 * 1024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, alert);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Instant time -> json.writeString(time.toString());
            case Enum<?> symbol -> json.writeString(symbol.name());
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case SpecificRecord record -> {
                json.writeStartObject();
                for (Schema.Field field : record.getSchema().getFields()) {
                    json.writeName(field.name());
                    write(json, record.get(field.pos()));
                }
                json.writeEndObject();
            }
            default -> throw new IllegalStateException("no JSON form for " + value.getClass());
        }
    }
}
