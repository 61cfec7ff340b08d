package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lifecycle;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CloudEvents 1.0 envelope of a revision. On Kafka it is in the headers (binary content mode); as many consumers
 * drop headers, it is in the OCSF and ECS values too.
 */
public record CloudEvent(
        String id,
        String source,
        String type,
        Instant time,
        String subject,
        String dataSchema,
        String severity,
        int tier) {

    /** Version of OCSF that most consumers read. */
    public static final String OCSF_VERSION = "1.5.0";

    /** Schema of the values for the SIEM. */
    public static final String ECS_SCHEMA = "https://www.elastic.co/docs/reference/ecs";

    /** Schema of OCSF documents of a version. */
    static String ocsfSchema(String version) {
        return "https://schema.ocsf.io/" + version + "/classes/detection_finding";
    }

    /** The envelope of a revision. */
    public static CloudEvent of(Alert alert, String dataSchema) {
        return new CloudEvent(
                alert.getIdempotencyKey(),
                "/clicktrail/alerter/" + alert.getTenantId(),
                "clicktrail.alert." + verb(alert.getLifecycle()) + ".v1",
                time(alert),
                alert.getAlertId(),
                dataSchema,
                EnumNames.lower(alert.getSeverity()),
                alert.getEscalation().getTier());
    }

    /** Time of a revision: an event time, as all times of a case. */
    public static Instant time(Alert alert) {
        return alert.getLifecycle() == Lifecycle.CREATE ? alert.getCreatedTime() : alert.getUpdatedTime();
    }

    /** Headers of CloudEvents' Kafka binding, in a fixed order. */
    public Map<String, String> headers(String contentType) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("ce_time", time.toString());
        headers.put("ce_subject", subject);
        headers.put("ce_dataschema", dataSchema);
        headers.put("ce_partitionkey", subject);
        headers.put("ce_severity", severity);
        headers.put("ce_tier", Integer.toString(tier));
        headers.put("content-type", contentType);
        return headers;
    }

    /** Writes the envelope as an object of the value. */
    void write(JsonDocument json, String name) {
        json.inside(
                name,
                () -> json.text("specversion", "1.0")
                        .text("id", id)
                        .text("source", source)
                        .text("type", type)
                        .iso("time", time)
                        .text("subject", subject)
                        .text("dataschema", dataSchema)
                        .text("datacontenttype", "application/json")
                        .text("partitionkey", subject)
                        .text("severity", severity)
                        .number("tier", tier));
    }

    private static String verb(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case CREATE -> "created";
            case UPDATE, UNKNOWN -> "updated";
            case CLOSE -> "closed";
        };
    }
}
