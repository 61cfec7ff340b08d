package io.clicktrail.alerter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consumers as they are in the field, as far as they read what we write. */
final class Consumers {

    private static final JsonMapper JSON = new JsonMapper();

    private Consumers() {}

    /**
     * Cortex XSOAR's Kafka v3: decodes UTF-8, makes one incident of every record, with the value as text in Message.
     */
    static final class Xsoar {

        private final List<JsonNode> incidents = new ArrayList<>();

        void fetch(byte[] value) throws CharacterCodingException {
            String message = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            var raw = JSON.createObjectNode();
            raw.put("Message", message);
            incidents.add(JSON.readTree(JSON.writeValueAsString(raw)));
        }

        /** What a mapper makes of the incidents: the value, parsed out of Message. */
        List<JsonNode> mapped() {
            return incidents.stream()
                    .map(incident -> JSON.readTree(incident.path("Message").asString()))
                    .toList();
        }
    }

    /** Kafka Connect's Elasticsearch sink with key.ignore=false: the key is the id, the offset an external version. */
    static final class ElasticsearchSink {

        private final Map<String, JsonNode> documents = new HashMap<>();
        private final Map<String, Long> versions = new HashMap<>();

        void put(String key, String value, long offset) {
            if (versions.getOrDefault(key, -1L) < offset) {
                versions.put(key, offset);
                documents.put(key, JSON.readTree(value));
            }
        }

        Map<String, JsonNode> documents() {
            return documents;
        }
    }

    /** TheHive 5: refuses a second alert of the same type, source and sourceRef. */
    static final class TheHive {

        private final Set<String> references = new HashSet<>();
        private int refused;

        void create(String value) {
            if (!references.add("det0066|clicktrail|"
                    + JSON.readTree(value).at("/finding_info/uid").asString())) {
                refused++;
            }
        }

        Set<String> references() {
            return references;
        }

        int refused() {
            return refused;
        }
    }
}
