package io.clicktrail.schemas;

import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema without the property {@code avro.java.string}, which the Avro compiler adds to every string for Java.
 *
 * <p>Readers in other languages have no use for it, and registries compare schemas as text, so a schema with it would
 * be another version of the same type. A string that has no other property becomes the plain {@code "string"}.
 * Fingerprints do not change, since Avro's parsing canonical form drops the property too.
 *
 * <p>Cost: linear in the size of the schema, once per topic and process. Source:
 * <a href="https://avro.apache.org/docs/1.12.0/specification/#parsing-canonical-form-for-schemas">Avro specification,
 * parsing canonical form</a>.
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
