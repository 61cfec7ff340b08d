package io.clicktrail.normalizer.endpoint;

import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.Map;

/**
 * SentinelOne's activity log (management API, {@code /activities}), in its own spelling or with lower-case names:
 * threats and the alerts of custom rules. Its agent id is another than Cloud Funnel's, so the host goes by its name
 * alone.
 */
public final class SentinelOneActivityJson implements JsonFormat {

    private static final String DATASET = "sentinelone.activity";

    /**
     * Threat mitigated, detected, mitigated beforehand; custom rule alert; marked by rule, cloud, intelligence or
     * Watchtower.
     */
    private static final Map<String, EndpointFact> FACTS_BY_TYPE = Map.of(
            "18", EndpointFact.ALERT_BLOCKED,
            "19", EndpointFact.ALERT,
            "20", EndpointFact.ALERT_BLOCKED,
            "3608", EndpointFact.ALERT,
            "4107", EndpointFact.ALERT,
            "4108", EndpointFact.ALERT,
            "4109", EndpointFact.ALERT,
            "4110", EndpointFact.ALERT,
            "4111", EndpointFact.ALERT);

    private final int uuid;
    private final int lowerUuid;
    private final EndpointEvents events;

    public SentinelOneActivityJson(JsonPaths paths) {
        uuid = paths.field("activityUuid");
        lowerUuid = paths.field("activityuuid");
        FieldTable<ProcessField> noProcess = new FieldTable<>(paths, ProcessField.class, Map.of(), "");
        FieldTable<AccountField> account = new FieldTable<>(
                paths, AccountField.class, Map.of(AccountField.NAME, "data.username data.userName"), "");
        events = new EndpointEvents(new EndpointTables(
                new FieldTable<>(
                        paths,
                        EndpointField.class,
                        Map.ofEntries(
                                Map.entry(EndpointField.TIME, "createdAt createdat"),
                                Map.entry(EndpointField.ACTION, "activityType activitytype"),
                                Map.entry(EndpointField.HOST_NAME, "data.computerName data.computername"),
                                Map.entry(EndpointField.OPERATING_SYSTEM, "osFamily osfamily"),
                                Map.entry(EndpointField.FILE_PATH, "data.filePath data.filepath"),
                                Map.entry(EndpointField.FILE_SHA1, "data.fileContentHash data.filecontenthash"),
                                Map.entry(EndpointField.ALERT_ID, "threatId threatid data.alertId data.alertid"),
                                Map.entry(EndpointField.ALERT_TITLE, "primaryDescription primarydescription"),
                                Map.entry(
                                        EndpointField.ALERT_SEVERITY,
                                        "data.severity data.confidenceLevel data.confidencelevel")),
                        ""),
                noProcess,
                noProcess,
                noProcess,
                noProcess,
                account,
                account));
    }

    @Override
    public String name() {
        return "sentinelone.activity";
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return (document.has(uuid) || document.has(lowerUuid)) && events.fact(document, EndpointField.ACTION) != null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String type = events.fact(document, EndpointField.ACTION);
        EndpointFact fact = type == null ? null : FACTS_BY_TYPE.get(type);
        if (fact == null) {
            return new Outcome.Ignored(DATASET, "activity without use here");
        }
        EventDraft draft = events.draft(fact, DATASET, document);
        if (draft == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.code(type), this);
    }
}
