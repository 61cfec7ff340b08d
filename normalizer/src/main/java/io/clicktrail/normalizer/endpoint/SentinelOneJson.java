package io.clicktrail.normalizer.endpoint;

import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SentinelOne Cloud Funnel 2.0 (dotted names, {@code event.type}): the source process is the actor, the target process
 * the one that it started. {@code uid} is the agent's own identity of a process.
 */
public final class SentinelOneJson implements JsonFormat {

    private static final String DATASET = "sentinelone.event";
    private static final String INCOMING = "INCOMING";

    private final int direction;
    private final int status;
    private final int isSuccessful;
    private final EndpointEvents events;

    public SentinelOneJson(JsonPaths paths) {
        direction = paths.field("event.network.direction");
        status = paths.field("event.network.connectionStatus");
        isSuccessful = paths.field("event.login.loginIsSuccessful");
        events = new EndpointEvents(EndpointTables.of("sentinelone", paths));
    }

    @Override
    public String name() {
        return "sentinelone.cloud-funnel";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return events.fact(document, EndpointField.HOST_ID) != null
                && events.fact(document, EndpointField.ACTION) != null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String type = events.fact(document, EndpointField.ACTION);
        EndpointFact fact = type == null ? null : fact(type, document);
        if (fact == null) {
            return new Outcome.Ignored(DATASET, "event type without use here");
        }
        EventDraft draft = events.draft(fact, DATASET, document);
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.fact(document, EndpointField.RECORD_ID);
        if (record != null) {
            draft.identity("sentinelone", events.fact(document, EndpointField.HOST_ID), record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(type), this);
    }

    private @Nullable EndpointFact fact(String type, JsonFields document) {
        return switch (type) {
            case "IP Connect" -> {
                if (INCOMING.equals(document.get(direction))) {
                    yield EndpointFact.CONNECTION_IN;
                }
                String outcome = document.get(status);
                yield "FAILURE".equals(outcome) || "BLOCKED".equals(outcome)
                        ? EndpointFact.CONNECTION_OUT_FAILED
                        : EndpointFact.CONNECTION_OUT;
            }
            case "Login" -> "false".equals(document.get(isSuccessful)) ? EndpointFact.LOGON_FAILED : EndpointFact.LOGON;
            default -> events.known(type);
        };
    }
}
