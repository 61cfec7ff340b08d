package io.clicktrail.engine.topology;

import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.InternalFixedKeyRecordFactory;
import org.apache.kafka.streams.processor.api.Record;

/** A {@link FixedKeyProcessor} of a service. */
final class FixedKeyProcessorNode extends ProcessorNode implements FixedKeyProcessorContext<Object, Object> {

    private final FixedKeyProcessor<Object, Object, Object> processor;

    FixedKeyProcessorNode(
            Group group,
            LocalTopology topology,
            Set<String> storeNames,
            FixedKeyProcessor<Object, Object, Object> processor) {
        super(group, topology, storeNames);
        this.processor = processor;
    }

    @Override
    void init() {
        processor.init(this);
    }

    @Override
    void close() {
        processor.close();
    }

    /** Without a store it is a step from one value to the next. */
    @Override
    boolean hasEffect() {
        return hasStores();
    }

    @Override
    void process(Record<Object, Object> record) {
        processor.process(InternalFixedKeyRecordFactory.create(record));
    }

    @Override
    public <K, V> void forward(FixedKeyRecord<K, V> record) {
        forwarded();
        pass(new Record<Object, Object>(record.key(), record.value(), record.timestamp(), record.headers()));
    }

    @Override
    public <K, V> void forward(FixedKeyRecord<K, V> record, String childName) {
        throw new UnsupportedOperationException("forward to a child by name");
    }
}
