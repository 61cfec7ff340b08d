package io.clicktrail.benchmarks.peers.flink;

import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.evidence.Evidence;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads evidence of a topic as steps. */
final class EvidenceReader implements KafkaRecordDeserializationSchema<Step> {

    private static final long serialVersionUID = 1;

    private final PeerOptions options;
    private transient @Nullable Deserializer<Evidence> evidence;

    EvidenceReader(PeerOptions options) {
        this.options = options;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        evidence = options.evidence().deserializer();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Step> out) {
        out.collect(Step.of(Objects.requireNonNull(evidence).deserialize(record.topic(), record.value())));
    }

    @Override
    public TypeInformation<Step> getProducedType() {
        return TypeInformation.of(Step.class);
    }
}
