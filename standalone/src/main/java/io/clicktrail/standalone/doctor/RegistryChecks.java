package io.clicktrail.standalone.doctor;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistryException;
import io.clicktrail.schemas.TopicSchemas;
import io.clicktrail.standalone.doctor.CheckResult.Check;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schema registry: whether it answers, its clock, and whether it takes the schemas of this release. */
public final class RegistryChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private RegistryChecks() {}

    /** @param prefix first part of the topic names */
    public static List<CheckResult> schemas(HttpSchemaRegistry registry, String address, String prefix) {
        var findings = new ArrayList<CheckResult>();
        int unknown = 0;
        try {
            for (var schema : TopicSchemas.bySubject(prefix).entrySet()) {
                switch (registry.standing(schema.getKey(), schema.getValue())) {
                    case REGISTERED -> {}
                    case ACCEPTABLE -> unknown++;
                    case REFUSED ->
                        findings.add(CheckResult.fault(
                                Check.REGISTRY,
                                schema.getKey() + " has a schema that this release can't follow",
                                "another release or program registered it: compare 'curl " + address + "/subjects/"
                                        + schema.getKey() + "/versions/latest' with the release, and use another"
                                        + " --prefix or delete the subject if nothing of it is needed"));
                }
            }
        } catch (RegistryException e) {
            return List.of(CheckResult.fault(
                    Check.REGISTRY,
                    "the registry does not answer: " + e.getMessage(),
                    "start it, or name its Confluent API with --registry; for Apicurio it ends in /apis/ccompat/v7"));
        }
        if (unknown > 0) {
            findings.add(CheckResult.warning(
                    Check.REGISTRY,
                    unknown + " schemas are not registered yet",
                    "the services do it at their first record unless clicktrail.registry.auto-register is false; then"
                            + " run io.clicktrail.streams.SchemasApplication, as the chart's job does"));
        }
        return findings.isEmpty()
                ? List.of(CheckResult.good(Check.REGISTRY, "the registry has the schemas of this release"))
                : findings;
    }

    /** The clock of the machine of the registry; empty where it does not say its time. */
    public static Optional<CheckResult> clock(String address) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.discarding());
            return answer.headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(there -> MachineChecks.clock("the registry", Duration.between(Instant.now(), there)));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
