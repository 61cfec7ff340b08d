package io.clicktrail.alerter.render;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON document without absent values. */
final class JsonDocument {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonDocument(JsonGenerator json) {
        this.json = json;
    }

    /** A document whose top is an object. */
    static String object(Consumer<JsonDocument> content) {
        var out = new StringWriter(16 * 1024);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            var json = new JsonDocument(generator);
            generator.writeStartObject();
            content.accept(json);
            generator.writeEndObject();
        }
        return out.toString();
    }

    JsonDocument text(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
        return this;
    }

    JsonDocument number(String name, @Nullable Number value) {
        if (value != null) {
            json.writeNumberProperty(name, value.longValue());
        }
        return this;
    }

    JsonDocument flag(String name, @Nullable Boolean value) {
        return value == null ? this : flag(name, value.booleanValue());
    }

    JsonDocument flag(String name, boolean value) {
        json.writeBooleanProperty(name, value);
        return this;
    }

    /** A time as epoch milliseconds. */
    JsonDocument millis(String name, @Nullable Instant time) {
        return time == null ? this : number(name, time.toEpochMilli());
    }

    /** A time as ISO 8601. */
    JsonDocument iso(String name, @Nullable Instant time) {
        return time == null ? this : text(name, time.toString());
    }

    JsonDocument inside(String name, Runnable content) {
        json.writeObjectPropertyStart(name);
        content.run();
        json.writeEndObject();
        return this;
    }

    JsonDocument texts(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(name);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
        return this;
    }

    /** An array of objects, also where it is empty. */
    <T> JsonDocument each(String name, Collection<T> items, Consumer<T> content) {
        json.writeArrayPropertyStart(name);
        for (T item : items) {
            json.writeStartObject();
            content.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }
}
