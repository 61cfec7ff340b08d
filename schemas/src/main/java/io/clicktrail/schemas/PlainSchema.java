package io.clicktrail.schemas;

import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema as the rest of the world sees it, without the properties that only tell Java which string class to use.
 */
final class PlainSchema {

    private static final String JAVA_STRING = "avro.java.string";

    private PlainSchema() {}

    static Schema of(Schema schema) {
        JsonNode json = JsonMapper.shared().readTree(schema.toString());
        return new Schema.Parser().parse(plain(json).toString());
    }

    private static JsonNode plain(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.remove(JAVA_STRING);
                for (var property : object.properties()) {
                    property.setValue(plain(property.getValue()));
                }
                return object.size() == 1 && object.path("type").isString() ? object.get("type") : object;
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
