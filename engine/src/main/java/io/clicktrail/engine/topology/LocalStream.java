package io.clicktrail.engine.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.ForeachAction;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KeyValueMapper;
import org.apache.kafka.streams.kstream.Predicate;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.apache.kafka.streams.kstream.ValueMapperWithKey;
import org.apache.kafka.streams.processor.ConnectedStoreProvider;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a service's topology sees: {@link KStream} with the operations that the services use, over nodes of
 * this package. Another operation is an {@link UnsupportedOperationException} that names it, when the topology is
 * built.
 *
 * <p>A dynamic proxy, as the interface has more than sixty methods and changes with Kafka's releases. It is called
 * while a topology is built, never for a record.
 */
final class LocalStream implements InvocationHandler {

    private final LocalTopology topology;
    private final Node node;

    private LocalStream(LocalTopology topology, Node node) {
        this.topology = topology;
        this.node = node;
    }

    /** A stream of what a node forwards. */
    @SuppressWarnings("unchecked") // types of keys and values are those of the topology that is built
    static <K, V> KStream<K, V> of(LocalTopology topology, Node node) {
        return (KStream<K, V>) Proxy.newProxyInstance(
                LocalStream.class.getClassLoader(), new Class<?>[] {KStream.class}, new LocalStream(topology, node));
    }

    @Override
    @SuppressWarnings("unchecked") // see above
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) {
        Object[] arguments = given == null ? new Object[0] : given;
        Object first = arguments.length == 0 ? method : arguments[0];
        return switch (method.getName()) {
            case "filter" -> filter((Predicate<Object, Object>) first, true);
            case "filterNot" -> filter((Predicate<Object, Object>) first, false);
            case "mapValues" -> mapValues(withKey(first));
            case "flatMapValues" -> flatMapValues(withKey(first));
            case "selectKey" -> selectKey((KeyValueMapper<Object, Object, Object>) first);
            case "flatMap" -> flatMap((KeyValueMapper<Object, Object, Iterable<KeyValue<Object, Object>>>) first);
            case "peek" -> peek((ForeachAction<Object, Object>) first);
            case "merge" -> merge((KStream<?, ?>) first);
            case "process" -> process((ProcessorSupplier<Object, Object, Object, Object>) first, arguments);
            case "processValues" -> process((FixedKeyProcessorSupplier<Object, Object, Object>) first, arguments);
            case "repartition" -> of(topology, topology.repartition(node));
            case "to" -> write((String) first);
            default -> throw new UnsupportedOperationException("not in the local engine: " + method);
        };
    }

    private KStream<?, ?> process(ProcessorSupplier<Object, Object, Object, Object> supplier, Object[] arguments) {
        Set<String> stores = connected(supplier, arguments);
        return then(new RecordProcessorNode(node.group(), topology, stores, supplier.get()));
    }

    private KStream<?, ?> process(FixedKeyProcessorSupplier<Object, Object, Object> supplier, Object[] arguments) {
        Set<String> stores = connected(supplier, arguments);
        return then(new FixedKeyProcessorNode(node.group(), topology, stores, supplier.get()));
    }

    private @Nullable Object write(String topic) {
        topology.write(node, topic);
        return null;
    }

    private KStream<?, ?> filter(Predicate<Object, Object> condition, boolean wanted) {
        return then((record, next) -> {
            if (condition.test(record.key(), record.value()) == wanted) {
                next.accept(record);
            }
        });
    }

    @SuppressWarnings("unchecked") // see above
    private static ValueMapperWithKey<Object, Object, Object> withKey(Object mapper) {
        return mapper instanceof ValueMapper<?, ?> ofValue
                ? (key, value) -> ((ValueMapper<Object, Object>) ofValue).apply(value)
                : (ValueMapperWithKey<Object, Object, Object>) mapper;
    }

    private KStream<?, ?> mapValues(ValueMapperWithKey<Object, Object, Object> mapper) {
        return then((record, next) -> next.accept(record.withValue(mapper.apply(record.key(), record.value()))));
    }

    private KStream<?, ?> flatMapValues(ValueMapperWithKey<Object, Object, Object> mapper) {
        return then((record, next) -> ((Iterable<?>) mapper.apply(record.key(), record.value()))
                .forEach(each -> next.accept(record.withValue(each))));
    }

    private KStream<?, ?> selectKey(KeyValueMapper<Object, Object, Object> mapper) {
        return then((record, next) -> next.accept(record.withKey(mapper.apply(record.key(), record.value()))));
    }

    private KStream<?, ?> flatMap(KeyValueMapper<Object, Object, Iterable<KeyValue<Object, Object>>> mapper) {
        return then((record, next) -> {
            for (KeyValue<Object, Object> each : mapper.apply(record.key(), record.value())) {
                next.accept(new Record<>(each.key, each.value, record.timestamp(), new RecordHeaders()));
            }
        });
    }

    private KStream<?, ?> peek(ForeachAction<Object, Object> action) {
        return then(new StatelessNode(
                node.group(),
                (record, next) -> {
                    action.apply(record.key(), record.value());
                    next.accept(record);
                },
                () -> true));
    }

    private KStream<?, ?> merge(KStream<?, ?> other) {
        Node others = ((LocalStream) Proxy.getInvocationHandler(other)).node;
        node.group().unite(others.group());
        var merged = new StatelessNode(node.group(), (record, next) -> next.accept(record));
        node.add(merged);
        others.add(merged);
        return of(topology, merged);
    }

    private KStream<?, ?> then(StatelessNode.Step step) {
        return then(new StatelessNode(node.group(), step));
    }

    private KStream<?, ?> then(Node next) {
        node.add(next);
        return of(topology, next);
    }

    /** Connects the stores that a processor brings along or names. */
    private Set<String> connected(ConnectedStoreProvider provider, Object[] arguments) {
        var names = new TreeSet<String>();
        Set<StoreBuilder<?>> own = provider.stores();
        if (own != null) {
            for (StoreBuilder<?> store : own) {
                topology.addStateStore(store);
                names.add(store.name());
            }
        }
        if (arguments[arguments.length - 1] instanceof String[] others) {
            names.addAll(Set.of(others));
        }
        names.forEach(name -> topology.connect(name, node.group()));
        return names;
    }
}
