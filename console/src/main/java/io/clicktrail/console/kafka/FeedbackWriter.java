package io.clicktrail.console.kafka;

import io.clicktrail.feedback.Feedback;
import io.clicktrail.schemas.Topic;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes feedback, the only thing that the console writes. */
public final class FeedbackWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackWriter.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_WAIT_SECONDS = 10;

    private final Topic<String, String> topic;
    private final Map<String, Object> properties;
    private @Nullable KafkaProducer<String, String> producer;

    /** @param clients how to reach the brokers */
    public FeedbackWriter(Topic<String, String> topic, Map<String, Object> clients) {
        this.topic = topic;
        this.properties = new HashMap<>(clients);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // Idempotence needs no further right; without it a lost answer could write the record twice.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_WAIT_SECONDS * 1000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, MAX_WAIT_SECONDS * 1000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MAX_WAIT_SECONDS * 500);
    }

    /**
     * Writes and waits for the brokers; false where they do not take it in time.
     *
     * @param at time of the record
     */
    public boolean write(Feedback feedback, Instant at) {
        try {
            producer()
                    .send(new ProducerRecord<>(
                            topic.name(), null, at.toEpochMilli(), feedback.getAlertId(), json(feedback)))
                    .get(MAX_WAIT_SECONDS * 2L, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atError().addKeyValue("topicName", topic.name()).setCause(e).log("Feedback was not written");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One flat object with the names of the schema. */
    static String json(Feedback feedback) {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("alert_id", feedback.getAlertId());
            json.writeStringProperty("kind", lower(feedback.getKind()));
            json.writeStringProperty("destination", feedback.getDestination());
            json.writeStringProperty("at", feedback.getAt().toString());
            text(json, "actor", feedback.getActor());
            text(json, "case_id", feedback.getCaseId());
            json.writeStringProperty("verdict", lower(feedback.getVerdict()));
            text(json, "action_id", feedback.getActionId());
            if (feedback.getStatus() != null) {
                json.writeNumberProperty("status", feedback.getStatus());
            }
            text(json, "note", feedback.getNote());
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    private synchronized KafkaProducer<String, String> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
