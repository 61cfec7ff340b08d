package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** eslogger(1) piped into syslog, which names the host. */
public final class Eslogger extends EndpointSecurityLog {

    @Override
    void write(Instant at, Machine machine, Map<String, @Nullable Object> message, LogCollector logs) {
        message.put("mach_time", at.toEpochMilli() * 24);
        message.put("seq_num", machine.nextSerial());
        message.put("global_seq_num", machine.nextSerial());
        logs.add(
                "eslogger.log",
                at,
                "<14>1 " + Times.millis(at) + " " + machine.name() + " eslogger 611 - - " + Json.text(message));
    }
}
