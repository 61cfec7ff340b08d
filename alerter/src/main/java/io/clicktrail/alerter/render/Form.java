package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.delivery.Destination;
import java.util.function.Function;

/**
 * A form that a case takes outside.
 *
 * @param render the case as text
 * @param dataSchema schema that the text follows
 * @param contentType media type of the text
 */
public record Form(Function<Alert, String> render, String dataSchema, String contentType) {

    private static final String JSON = "application/json";

    /** The form of a destination. @param ocsfVersion version that OCSF documents state */
    public static Form of(Destination.Format format, String ocsfVersion) {
        return switch (format) {
            case OCSF -> ocsf(ocsfVersion);
            case ECS -> ecs();
            case STIX -> new Form(StixJson::of, CloudEvent.STIX_SCHEMA, "application/stix+json;version=2.1");
            case FLAT -> new Form(FlatJson::of, CloudEvent.FLAT_SCHEMA, JSON);
            case MARKDOWN -> new Form(Alert::getDescriptionMd, CloudEvent.MARKDOWN_SCHEMA, "text/markdown");
        };
    }

    /** OCSF of a version. */
    public static Form ocsf(String version) {
        return new Form(alert -> AlertOcsfJson.of(alert, version), CloudEvent.ocsfSchema(version), JSON);
    }

    /** ECS. */
    public static Form ecs() {
        return new Form(AlertEcsJson::of, CloudEvent.ECS_SCHEMA, JSON);
    }
}
