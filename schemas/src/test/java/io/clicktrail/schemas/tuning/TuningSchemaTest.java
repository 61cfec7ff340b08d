package io.clicktrail.schemas.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clicktrail.event.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuningSchemaTest {

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TuningSchema.json(), InputFormat.JSON);

    @Test
    void acceptsTheBuiltInDocuments() {
        for (Platform platform : BuiltInTuning.PLATFORMS) {
            assertThat(errors(JsonMapper.shared().writeValueAsString(TuningFile.plain(BuiltInTuning.of(platform)))))
                    .isEmpty();
        }
    }

    @Test
    void namesEveryKeyThatIsWritten() {
        assertThat(JsonMapper.shared()
                        .readTree(TuningSchema.json())
                        .path("properties")
                        .propertyNames())
                .containsExactlyElementsOf(
                        TuningFile.plain(BuiltInTuning.of(Platform.LINUX)).keySet());
    }

    @Test
    void describesEveryKey() {
        for (JsonNode property :
                JsonMapper.shared().readTree(TuningSchema.json()).path("properties")) {
            assertThat(property.path("description").asString()).endsWith(".");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"platform\": \"WINDOWS\"}",
                "{\"platform\": \"UNKNOWN\", \"version\": \"1\"}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"timewindow\": \"PT1M\"}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"DomainRiskScore\": 0}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"DomainRiskScore\": 101}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"TimeWindow\": 15}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"QuarantinePolicy\": \"MAYBE\"}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"UserPaths\": \"C:\"}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"UserPaths\": [\"\"]}",
                "{\"platform\": \"WINDOWS\", \"version\": \"1\", \"AllowedCDNs\": [{\"pattern\": \"a.com\"}]}"
            })
    void refusesWhatTheReaderRefuses(String json) {
        assertThat(errors(json)).isNotEmpty();
        assertThat(TuningFile.parse("t.json", json, document -> List.of())).isInstanceOf(TuningResult.Invalid.class);
    }

    private List<Error> errors(String json) {
        return schema.validate(json, InputFormat.JSON);
    }
}
