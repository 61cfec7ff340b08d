package io.clicktrail.alerter.render;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Schemas of what others publish. */
enum Published {
    OCSF("ocsf-detection-finding.schema.json"),
    STIX("stix-bundle.schema.json");

    private final Schema schema;

    Published(String file) {
        try (var in =
                Objects.requireNonNull(Published.class.getResourceAsStream("/io/clicktrail/alerter/" + file), file)) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a document has wrong. */
    List<Error> errors(String json) {
        return schema.validate(json, InputFormat.JSON);
    }
}
