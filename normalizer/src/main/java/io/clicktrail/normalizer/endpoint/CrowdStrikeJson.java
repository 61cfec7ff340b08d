package io.clicktrail.normalizer.endpoint;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
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
 * CrowdStrike Falcon Data Replicator: events, detections and the auxiliary aidmaster and managedassets rows, as
 * CrowdStrike writes them or with the event under {@code event}.
 *
 * <p>An event names its host by {@code aid} alone, so that is the host's name and id here. An aidmaster row is of the
 * host by its qualified name, with the aid as its id, which is what identities tie other events' aid to; a
 * managedassets row ties an address to the aid. {@code aip} is the address behind which the host reaches the Internet,
 * shared by many, and is never taken for its own. {@code ContextTimeStamp} is when it happened, {@code timestamp} when
 * the cloud received it.
 */
public final class CrowdStrikeJson implements JsonFormat {

    private static final String EVENT = "crowdstrike.event";
    private static final String DETECTION = "crowdstrike.detection";
    private static final String AGENT = "crowdstrike.agent";
    private static final String EGRESS = "0";
    private static final String INGRESS = "1";

    private final int direction;
    private final int nestedDirection;
    private final int cid;
    private final EndpointEvents events;

    public CrowdStrikeJson(JsonPaths paths) {
        direction = paths.field("ConnectionDirection");
        nestedDirection = paths.field("event.ConnectionDirection");
        cid = paths.field("cid");
        events = new EndpointEvents(EndpointTables.of("crowdstrike", paths));
    }

    @Override
    public String name() {
        return "crowdstrike.fdr";
    }

    @Override
    public List<String> datasets() {
        return List.of(EVENT, DETECTION, AGENT);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        if (events.fact(document, EndpointField.HOST_ID) == null) {
            return false;
        }
        return events.fact(document, EndpointField.ACTION) != null || isAgent(document);
    }

    private boolean isAgent(JsonFields document) {
        return document.has(cid)
                && (events.fact(document, EndpointField.HOST_LABEL) != null
                        || events.fact(document, EndpointField.HOST_MAC) != null
                        || events.fact(document, EndpointField.OPERATING_SYSTEM) != null);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String action = events.fact(document, EndpointField.ACTION);
        if (action == null) {
            return agent(document, context);
        }
        EndpointFact fact = fact(action, document);
        if (fact == null) {
            return new Outcome.Ignored(EVENT, "event without use here");
        }
        String dataset = fact == EndpointFact.ALERT ? DETECTION : EVENT;
        return finish(events.draft(fact, dataset, document), action, document, context);
    }

    private @Nullable EndpointFact fact(String action, JsonFields document) {
        EndpointFact known = events.known(action);
        if (known != null) {
            return known;
        }
        if (action.equals("NetworkConnectIP4") || action.equals("NetworkConnectIP6")) {
            String nested = document.get(nestedDirection);
            return connection(nested == null ? document.get(direction) : nested);
        }
        boolean isWrite = action.endsWith("Written") && events.fact(document, EndpointField.FILE_PATH) != null;
        return isWrite ? EndpointFact.FILE_WRITE : null;
    }

    /** 2 is a listening socket, 3 neither side known: no connection that one could follow. */
    private static @Nullable EndpointFact connection(@Nullable String direction) {
        return direction == null || direction.equals(EGRESS)
                ? EndpointFact.CONNECTION_OUT
                : direction.equals(INGRESS) ? EndpointFact.CONNECTION_IN : null;
    }

    /** An address of the host where the row has one, else what is known of the host. */
    private Outcome agent(JsonFields document, RecordContext context) {
        EventDraft lease = events.draft(EndpointFact.ADDRESSES, AGENT, document);
        EventDraft draft = lease == null ? events.acting(EventKind.OTHER, AGENT, document) : lease;
        Host named = events.named(document);
        return finish(named == null ? draft : draft.host(named), null, document, context);
    }

    private Outcome finish(
            @Nullable EventDraft draft, @Nullable String code, JsonFields document, RecordContext context) {
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String record = events.fact(document, EndpointField.RECORD_ID);
        if (record != null) {
            draft.identity("crowdstrike", events.fact(document, EndpointField.HOST_ID), code, record);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(code), this);
    }
}
