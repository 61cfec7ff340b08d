package io.clicktrail.benchmarks.generate;

import io.clicktrail.benchmarks.generate.Workstation.ProcessName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/** Writes one Sysmon event in the format of Winlogbeat without modules; the buffer is reused for the next one. */
final class SysmonRecord {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SYSMON =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final StringBuilder out = new StringBuilder(2048);
    private final SplittableRandom random;

    SysmonRecord(SplittableRandom random) {
        this.random = random;
    }

    SysmonRecord begin(Workstation host, long millis, int code, String task) {
        Instant time = Instant.ofEpochMilli(millis);
        String written = ISO.format(time.plusMillis(8));
        out.setLength(0);
        out.append("{\"@timestamp\":\"").append(written);
        out.append("\",\"@metadata\":{\"beat\":\"winlogbeat\",\"type\":\"_doc\",\"version\":\"8.19.4\"}");
        out.append(",\"event\":{\"code\":\"").append(code);
        out.append("\",\"kind\":\"event\",\"provider\":\"Microsoft-Windows-Sysmon\",\"action\":\"")
                .append(task);
        out.append("\",\"created\":\"").append(ISO.format(time.plusMillis(900)));
        out.append("\"},\"host\":{\"name\":\"").append(host.name);
        out.append("\"},\"agent\":{\"type\":\"winlogbeat\",\"version\":\"8.19.4\",\"name\":\"")
                .append(host.name);
        out.append("\",\"ephemeral_id\":\"0c1f6d1e-8f53-4a52-9f0e-4c9a7a1be0d3\"}");
        out.append(",\"log\":{\"level\":\"information\"},\"ecs\":{\"version\":\"8.0.0\"}");
        out.append(",\"winlog\":{\"channel\":\"Microsoft-Windows-Sysmon/Operational\"");
        out.append(",\"provider_name\":\"Microsoft-Windows-Sysmon\"");
        out.append(",\"provider_guid\":\"{5770385f-c22a-43e0-bf4c-06f5698ffbd9}\",\"event_id\":\"")
                .append(code);
        out.append("\",\"version\":5,\"record_id\":").append(host.nextRecord());
        out.append(",\"computer_name\":\"").append(host.name);
        out.append("\",\"opcode\":\"Info\",\"task\":\"").append(task);
        out.append("\",\"api\":\"wineventlog\",\"process\":{\"pid\":3148,\"thread\":{\"id\":4632}}");
        out.append(",\"user\":{\"identifier\":\"S-1-5-18\",\"domain\":\"NT AUTHORITY\",\"name\":\"SYSTEM\"");
        out.append(",\"type\":\"User\"},\"event_data\":{\"RuleName\":\"-\",\"UtcTime\":\"")
                .append(SYSMON.format(time));
        out.append('"');
        return this;
    }

    SysmonRecord process(ProcessName process) {
        return with("ProcessGuid", process.guid())
                .with("ProcessId", process.pid())
                .with("Image", process.image())
                .with("User", process.user());
    }

    SysmonRecord parent(ProcessName parent, String commandLine) {
        return with("ParentProcessGuid", parent.guid())
                .with("ParentProcessId", parent.pid())
                .with("ParentImage", parent.image())
                .with("ParentCommandLine", commandLine);
    }

    /** @param value text, escaped for JSON */
    SysmonRecord with(String name, String value) {
        out.append(",\"").append(name).append("\":\"").append(value).append('"');
        return this;
    }

    SysmonRecord with(String name, long value) {
        out.append(",\"").append(name).append("\":\"").append(value).append('"');
        return this;
    }

    SysmonRecord hashes(String name) {
        out.append(",\"").append(name).append("\":\"MD5=");
        hex(32);
        out.append(",SHA256=");
        hex(64);
        out.append('"');
        return this;
    }

    byte[] end() {
        return out.append("}}}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void hex(int digits) {
        for (int i = 0; i < digits; i++) {
            out.append(HEX[random.nextInt(HEX.length)]);
        }
    }
}
