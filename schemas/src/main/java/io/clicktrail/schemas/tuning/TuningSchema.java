package io.clicktrail.schemas.tuning;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of tuning documents, for editors and pipelines. */
public final class TuningSchema {

    private TuningSchema() {}

    /** The schema, draft 2020-12, in lines. */
    public static String json() {
        ObjectNode schema = JsonMapper.shared()
                .createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://clicktrail.io/schemas/tuning.schema.json")
                .put("title", "Clicktrail tuning of one platform: the mutable elements of MITRE ATT&CK DET0066")
                .put("type", "object")
                .put("additionalProperties", false);
        schema.putArray("required").add("platform").add("version");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode platforms = properties
                .putObject("platform")
                .put("description", "Platform that the document applies to.")
                .putArray("enum");
        BuiltInTuning.PLATFORMS.forEach(platform -> platforms.add(platform.name()));
        properties
                .putObject("version")
                .put("description", "Chosen by the author; stamped on all that the document judges.")
                .put("minLength", 1)
                .putArray("type")
                .add("string")
                .add("number");
        TuningElements.ALL.forEach(element -> properties.set(element.name(), property(element)));
        return schema.toPrettyString();
    }

    private static ObjectNode property(TuningElement<?> element) {
        ElementType<?> type = element.type();
        return type.jsonSchema().put("description", element.description() + " Value: " + type.range() + ".");
    }
}
