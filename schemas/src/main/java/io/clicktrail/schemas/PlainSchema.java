package io.clicktrail.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * The schema as the rest of the world sees it, without the properties that only tell Java which string class to use.
 */
final class PlainSchema {

    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainSchema() {}

    static Schema of(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(plain(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro printed a schema that is not JSON", e);
        }
    }

    private static JsonNode plain(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.remove(JAVA_STRING);
                for (var property : object.properties()) {
                    property.setValue(plain(property.getValue()));
                }
                return object.size() == 1 && object.path("type").isTextual() ? object.get("type") : object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, plain(array.get(i)));
                }
                return array;
            }
            default -> {
                return node;
            }
        }
    }
}
