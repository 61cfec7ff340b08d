package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.envelope.Compression.Expansion;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Values as OTLP writes them in JSON, each in the name of its type, as the JSON that they stand for: {@code
 * {"kvlistValue":{"values":[{"key":"id","value":{"intValue":"1"}}]}}} is {@code {"id":"1"}} (opentelemetry-proto,
 * {@code AnyValue}). The result is never longer than the value.
 */
public final class OtlpValue {

    private static final int MAX_DEPTH = 128;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private OtlpValue() {}

    /** The JSON that a value stands for. */
    public static Expansion plain(Span value) {
        var out = new ByteArrayOutputStream(value.length());
        try (JsonParser parser =
                        FACTORY.createParser(ObjectReadContext.empty(), value.bytes(), value.from(), value.length());
                JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            parser.nextToken();
            write(read(parser), json);
        } catch (JacksonException e) {
            return new Expansion.Refused(Reason.BAD_JSON);
        }
        return new Expansion.Expanded(out.toByteArray());
    }

    private sealed interface Value {

        record Scalar(@Nullable String text) implements Value {}

        record Items(List<Value> values) implements Value {}

        record Members(List<Member> members) implements Value {}
    }

    private record Member(String key, Value value) {}

    /** The value whose object the parser is at the beginning of, and goes to the end of. */
    private static Value read(JsonParser parser) {
        Value value = new Value.Scalar(null);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return value;
        }
        for (String type = parser.nextName(); type != null; type = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token.isScalarValue()) {
                value = new Value.Scalar(token == JsonToken.VALUE_NULL ? null : parser.getString());
            } else if (type.equals("arrayValue")) {
                var items = new ArrayList<Value>();
                forEachOf(parser, () -> items.add(read(parser)));
                value = new Value.Items(items);
            } else if (type.equals("kvlistValue")) {
                var members = new ArrayList<Member>();
                forEachOf(parser, () -> members.add(member(parser)));
                value = new Value.Members(members);
            } else {
                parser.skipChildren();
            }
        }
        return value;
    }

    /** Goes through the list {@code values} of the object that the parser is at the beginning of. */
    private static void forEachOf(JsonParser parser, Runnable each) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("values")) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    each.run();
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Member member(JsonParser parser) {
        String key = "";
        Value value = new Value.Scalar(null);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new Member(key, value);
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("key") && token == JsonToken.VALUE_STRING) {
                key = parser.getString();
            } else if (name.equals("value")) {
                value = read(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new Member(key, value);
    }

    private static void write(Value value, JsonGenerator json) {
        switch (value) {
            case Value.Scalar scalar -> json.writeString(scalar.text());
            case Value.Items items -> {
                json.writeStartArray();
                items.values().forEach(each -> write(each, json));
                json.writeEndArray();
            }
            case Value.Members all -> {
                json.writeStartObject();
                all.members().forEach(member -> {
                    json.writeName(member.key());
                    write(member.value(), json);
                });
                json.writeEndObject();
            }
        }
    }
}
