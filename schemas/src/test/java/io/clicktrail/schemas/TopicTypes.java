package io.clicktrail.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** The types that the catalogue puts on Avro topics, found by asking it. */
final class TopicTypes {

    private TopicTypes() {}

    static List<Schema> schemas() {
        return types().stream().map(TopicTypes::schema).toList();
    }

    static List<Class<? extends SpecificRecord>> types() {
        var types = new ArrayList<Class<? extends SpecificRecord>>();
        Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new AvroSerdes() {
            @Override
            public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
                types.add(type);
                return new StateSerdes().of(type);
            }
        });
        return types;
    }

    static Schema schema(Class<? extends SpecificRecord> type) {
        return new AvroBody<>(type).schema();
    }
}
