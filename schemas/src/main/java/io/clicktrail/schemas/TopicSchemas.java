package io.clicktrail.schemas;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The schemas that this release writes, for whoever registers or checks them. */
public final class TopicSchemas {

    private TopicSchemas() {}

    /** Schema of the values by subject, {@code <topic>-value}, as {@link RegistrySerdes} would register it. */
    public static Map<String, Schema> bySubject(String prefix) {
        Topics topics = Topics.of(prefix, Topics.DEFAULT_RAW, new AvroSerdes() {
            @Override
            public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
                return new SchemaOnly<>(SpecificData.get().getSchema(type));
            }
        });
        var schemas = new TreeMap<String, Schema>();
        for (Topic<?, ?> topic : List.of(
                topics.events(),
                topics.eventsRelevant(),
                topics.evidence(),
                topics.eventsEnriched(),
                topics.context(),
                topics.detections(),
                topics.alerts(),
                topics.tuning(),
                topics.intel(),
                topics.organisation(),
                topics.domains(),
                topics.domainsHistory(),
                topics.identities(),
                topics.coverage(),
                topics.audit())) {
            if (topic.valueSerde() instanceof SchemaOnly<?> value) {
                schemas.put(topic.name() + "-value", PlainSchema.of(value.schema()));
            }
        }
        return schemas;
    }

    /** Carries a schema from the catalogue of topics; reads and writes nothing. */
    private record SchemaOnly<T>(Schema schema) implements Serde<T> {

        @Override
        public Serializer<T> serializer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Deserializer<T> deserializer() {
            throw new UnsupportedOperationException();
        }
    }
}
