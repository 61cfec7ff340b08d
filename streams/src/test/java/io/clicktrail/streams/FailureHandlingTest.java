package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.schemas.RegistryException;
import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.failures.ProductionFailures;
import io.clicktrail.streams.failures.SourceFailures;
import io.clicktrail.streams.failures.ThreadRecovery;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FailureHandlingTest {

    private static final String DLQ = "clicktrail.test.dlq";
    private static final Map<String, ?> CONFIGS = Map.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, DLQ);
    private static final ErrorHandlerContext SOURCE = new SourceRecord();

    @Nested
    class OfProduction {

        private final ProductionFailures failures = new ProductionFailures();

        @BeforeEach
        void configure() {
            failures.configure(CONFIGS);
        }

        @Test
        void setsARecordAsideThatIsTooLargeWithoutItsValue() {
            var response = failures.handleError(
                    SOURCE,
                    new ProducerRecord<>("out", bytes("key"), new byte[100]),
                    new RecordTooLargeException("100 bytes"));

            assertThat(response.result()).isEqualTo(Result.RESUME);
            assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(letter -> {
                assertThat(letter.topic()).isEqualTo(DLQ);
                assertThat(letter.key()).isEqualTo(bytes("key"));
                assertThat(letter.value()).isNull();
                assertThat(letter.timestamp()).isEqualTo(1_000);
                assertThat(header(letter, "exception")).isEqualTo(RecordTooLargeException.class.getName());
                assertThat(header(letter, "message")).isEqualTo("100 bytes");
                assertThat(header(letter, "topic")).isEqualTo("in");
                assertThat(header(letter, "partition")).isEqualTo("2");
                assertThat(header(letter, "offset")).isEqualTo("42");
                assertThat(header(letter, "stacktrace")).contains("RecordTooLargeException");
                assertThat(letter.headers()
                                .lastHeader(ProductionFailures.UNWRITTEN)
                                .value())
                        .isEqualTo(bytes("out"));
            });
        }

        @Test
        void setsTheSourceAsideOfARecordThatCanNotBeSerialized() {
            var response = failures.handleSerializationError(
                    SOURCE,
                    new ProducerRecord<>("out", "key", new Object()),
                    new SerializationException("does not fit"),
                    SerializationExceptionOrigin.VALUE);

            assertThat(response.result()).isEqualTo(Result.RESUME);
            assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(bytes("source key"));
                assertThat(letter.value()).isEqualTo(bytes("source value"));
            });
        }

        @Test
        void stopsWhileTheRegistryIsDown() {
            assertThatThrownBy(() -> failures.handleSerializationError(
                            SOURCE,
                            new ProducerRecord<>("out", "key", "value"),
                            new RegistryException("down"),
                            SerializationExceptionOrigin.VALUE))
                    .hasRootCauseInstanceOf(RegistryException.class);
        }

        @Test
        void stopsWhileConfluentsClassesAreRefused() {
            var refused = ConfluentJar.refusal("Schema not found", 404, 40403);

            assertThatThrownBy(() -> failures.handleSerializationError(
                            SOURCE,
                            new ProducerRecord<>("out", "key", "value"),
                            new SerializationException(refused),
                            SerializationExceptionOrigin.VALUE))
                    .hasRootCause(refused);
        }

        @Test
        void stopsWhileTheBrokerIsDown() {
            assertThat(failures.handleError(
                                    SOURCE,
                                    new ProducerRecord<>("out", bytes("key"), bytes("value")),
                                    new TimeoutException("no broker"))
                            .result())
                    .isEqualTo(Result.FAIL);
        }

        @Test
        void writesNoDeadLetterOfADeadLetter() {
            var response = failures.handleError(
                    SOURCE,
                    new ProducerRecord<>(DLQ, bytes("key"), bytes("value")),
                    new RecordTooLargeException("even this"));

            assertThat(response.result()).isEqualTo(Result.RESUME);
            assertThat(response.deadLetterQueueRecords()).isEmpty();
        }
    }

    @Nested
    class OfSources {

        private final SourceFailures failures = new SourceFailures();

        @BeforeEach
        void configure() {
            failures.configure(CONFIGS);
        }

        @Test
        void setsAnUnreadableRecordAside() {
            var response = failures.handleError(SOURCE, unreadable(), new SerializationException("wrong magic byte"));

            assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
            assertThat(response.deadLetterQueueRecords())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).isEqualTo(bytes("source value")));
        }

        @Test
        void stopsWhileTheRegistryIsDown() {
            assertThat(failures.handleError(SOURCE, unreadable(), new RegistryException("down"))
                            .result())
                    .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        }

        @Test
        void stopsWhileTheRegistryOfAnotherSerdeIsDown() {
            var outage = new SerializationException("Error retrieving schema", new ConnectException("refused"));

            assertThat(failures.handleError(SOURCE, unreadable(), outage).result())
                    .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        }

        @Test
        void tellsConfluentsUnknownSchemaFromConfluentsOutage() {
            var unknown = ConfluentJar.refusal("Schema 77 not found", 404, 40403);
            var outage = ConfluentJar.refusal("Storage failed", 500, 50001);

            assertThat(failures.handleError(SOURCE, unreadable(), new SerializationException(unknown))
                            .result())
                    .isEqualTo(DeserializationExceptionHandler.Result.RESUME);
            assertThat(failures.handleError(SOURCE, unreadable(), new SerializationException(outage))
                            .result())
                    .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        }

        private static ConsumerRecord<byte[], byte[]> unreadable() {
            return new ConsumerRecord<>("in", 2, 42, bytes("source key"), bytes("source value"));
        }
    }

    @Nested
    class OfThreads {

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final ThreadRecovery recovery =
                new ThreadRecovery(Metric.TRANSIENT_FAILURES.counter(meters), new LastFailure());

        @Test
        void replacesAThreadAndSaysThatItIsNotWellYet() {
            assertThat(recovery.isUnderWay()).isFalse();

            var response = recovery.handle(new StreamsException(new RegistryException("down")));

            assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
            assertThat(recovery.isUnderWay()).isTrue();
            assertThat(meters.counter("clicktrail.transient.failures").count()).isEqualTo(1);
        }

        @Test
        void waitsLongerEachTime() {
            long first = millisOfRecovery();
            long second = millisOfRecovery();

            assertThat(second).isGreaterThan(first);
        }

        @Test
        void endsThePauseWhenTheServiceStops() throws Exception {
            recovery.handle(new StreamsException("down"));
            recovery.handle(new StreamsException("down"));
            var longPause = CompletableFuture.supplyAsync(() -> recovery.handle(new StreamsException("down")));
            recovery.close();

            assertThat(longPause.get(1, TimeUnit.SECONDS)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }

        @Test
        void givesUpTheProcessOnAnError() {
            assertThat(recovery.handle(new StreamsException(new OutOfMemoryError("heap"))))
                    .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        }

        private long millisOfRecovery() {
            long start = System.nanoTime();
            recovery.handle(new StreamsException("down"));
            return Duration.ofNanos(System.nanoTime() - start).toMillis();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ProducerRecord<?, ?> letter, String name) {
        return new String(
                letter.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    private static final class SourceRecord implements ErrorHandlerContext {

        @Override
        public String topic() {
            return "in";
        }

        @Override
        public int partition() {
            return 2;
        }

        @Override
        public long offset() {
            return 42;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "write-out";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 2);
        }

        @Override
        public long timestamp() {
            return 1_000;
        }

        @Override
        public byte[] sourceRawKey() {
            return bytes("source key");
        }

        @Override
        public byte[] sourceRawValue() {
            return bytes("source value");
        }
    }
}
