package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.HttpSchemaRegistry.Standing;
import io.clicktrail.schemas.RegistryException;
import io.clicktrail.schemas.TopicSchemas;
import io.clicktrail.streams.testkit.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job that registers, and services that may only look up, on a real registry. */
class SchemasIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    @Test
    void afterTheJobAServiceThatMayOnlyLookUpFindsEverySchema() {
        try (var lookUp = registry(false)) {
            var schemas = TopicSchemas.bySubject("job");
            assertThatThrownBy(() ->
                            lookUp.idOf("job.events-value", Objects.requireNonNull(schemas.get("job.events-value"))))
                    .isInstanceOf(RegistryException.class);

            register("job");
            register("job");

            schemas.forEach((subject, schema) ->
                    assertThat(lookUp.idOf(subject, schema)).as(subject).isPositive());
        }
    }

    @Test
    void whereTheRegistryRefusesOneSchemaNoneIsRegistered() {
        try (var registry = registry(true)) {
            registry.idOf(
                    "taken.tuning-value",
                    SchemaBuilder.record("Other")
                            .namespace("example")
                            .fields()
                            .requiredString("a")
                            .endRecord());

            assertThatThrownBy(() -> register("taken"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("taken.tuning-value")
                    .hasMessageContaining("nothing was registered");

            TopicSchemas.bySubject("taken")
                    .forEach((subject, schema) -> assertThat(registry.standing(subject, schema))
                            .as(subject)
                            .isNotEqualTo(Standing.REGISTERED));
        }
    }

    private static void register(String prefix) {
        SchemasApplication.main(new String[] {
            "--spring.main.banner-mode=off",
            "--clicktrail.service=schemas",
            "--clicktrail.topic-prefix=" + prefix,
            "--clicktrail.registry.url=" + STACK.registryUrl(),
            "--clicktrail.registry.auto-register=false"
        });
    }

    private static HttpSchemaRegistry registry(boolean autoRegister) {
        return new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                List.of(URI.create(STACK.registryUrl())),
                autoRegister,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(1)));
    }
}
