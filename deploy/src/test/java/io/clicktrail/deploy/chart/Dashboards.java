package io.clicktrail.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What a dashboard must be for Grafana to load and show it. */
final class Dashboards {

    private static final Schema SCHEMA = schema();

    private Dashboards() {}

    /** Fails unless the dashboard follows the schema and its panels have ids and places of their own. */
    static void requireValid(JsonNode dashboard) {
        assertThat(SCHEMA.validate(dashboard.toString(), InputFormat.JSON)).isEmpty();
        var ids = new HashSet<Integer>();
        var taken = new HashSet<String>();
        for (var panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).as("id of %s", panel).isTrue();
            var at = panel.get("gridPos");
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                assertThat(x).isLessThan(24);
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y)).as("place of %s", panel).isTrue();
                }
            }
        }
    }

    private static Schema schema() {
        try (var json =
                Objects.requireNonNull(Dashboards.class.getResourceAsStream("/grafana-dashboard.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(json.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
