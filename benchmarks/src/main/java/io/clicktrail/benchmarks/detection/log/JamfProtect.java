package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jamf Protect's telemetry v2 (learn.jamf.com): Endpoint Security's messages with the host's name and addresses. */
public final class JamfProtect extends EndpointSecurityLog {

    @Override
    void write(Instant at, Machine machine, Map<String, @Nullable Object> message, LogCollector logs) {
        message.remove("schema_version");
        message.put("metadata", object("vendor", "Jamf", "product", "Jamf Protect", "schemaVersion", "1.0"));
        message.put(
                "host",
                object(
                        "hostname",
                        machine.name(),
                        "ips",
                        List.of(machine.address(), "fe80::1", "127.0.0.1"),
                        "serial",
                        machine.id().substring(0, 10),
                        "provisioningUDID",
                        machine.id().substring(0, 16),
                        "os",
                        "15.6"));
        message.put("seq_num", machine.nextSerial());
        message.put("glob_seq_num", machine.nextSerial());
        logs.add("jamf-protect.ndjson", at, Json.text(message));
    }
}
