package io.clicktrail.engine.topology;

import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A {@link Processor} of a service. */
final class RecordProcessorNode extends ProcessorNode implements ProcessorContext<Object, Object> {

    private final Processor<Object, Object, Object, Object> processor;

    RecordProcessorNode(
            Group group,
            LocalTopology topology,
            Set<String> storeNames,
            Processor<Object, Object, Object, Object> processor) {
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

    @Override
    boolean hasEffect() {
        return true;
    }

    @Override
    void process(Record<Object, Object> record) {
        processor.process(record);
    }

    @Override
    @SuppressWarnings("unchecked") // records are covariant in what they hold
    public <K, V> void forward(Record<K, V> record) {
        forwarded();
        pass((Record<Object, Object>) record);
    }

    @Override
    public <K, V> void forward(Record<K, V> record, String childName) {
        throw new UnsupportedOperationException("forward to a child by name");
    }
}
