package io.clicktrail.normalizer;

import io.clicktrail.normalizer.linux.AuditFixtures;
import io.clicktrail.normalizer.linux.LinuxJsonTest;
import io.clicktrail.normalizer.macos.EndpointSecurityFixtures;
import io.clicktrail.normalizer.macos.MacLogsTest;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.windows.WindowsStory;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures CPU per record and format on one thread; run by hand, see docs/formats.md. */
final class Speed {

    private static final int ROUNDS = 5;
    private static final int RECORDS = 10_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private Speed() {}

    public static void main(String[] args) {
        WindowsFixture start = WindowsStory.ALL.getFirst().fixture();
        Map<String, String> records = new LinkedHashMap<>();
        records.put("windows.winlogbeat Sysmon 1", start.winlogbeat());
        records.put(
                "windows.winlogbeat Sysmon 13, ignored",
                WindowsFixture.sysmon(13, "TargetObject", "HKLM\\x").winlogbeat());
        records.put("windows.evtx-dump Sysmon 1", start.evtxDump());
        records.put("windows.xml Sysmon 1", start.renderedXml());
        records.put("zeek.json conn", ZeekFixtures.CONN);
        records.put("zeek.json http", ZeekFixtures.HTTP);
        records.put("zeek.json http, wrapped", "{\"http\":" + ZeekFixtures.HTTP + "}");
        records.put("windows.nxlog Sysmon 1", start.nxlog());
        records.put("windows.json xmltodict Sysmon 1", start.xmltodict());
        records.put("linux.auditd execve, six lines", AuditFixtures.EXECVE);
        records.put("linux.auditd connect, three lines", AuditFixtures.CONNECT);
        records.put(
                "linux.auditd one line of an event",
                AuditFixtures.EXECVE.lines().findFirst().orElseThrow());
        records.put("linux.laurel execve", LinuxJsonTest.LAUREL);
        records.put("linux.auditbeat execve", LinuxJsonTest.AUDITBEAT);
        records.put("osquery.result process", LinuxJsonTest.OSQUERY);
        records.put("macos.eslogger exec", EndpointSecurityFixtures.EXEC);
        records.put("macos.eslogger rename", EndpointSecurityFixtures.RENAME);
        records.put("macos.jamf-protect exec", EndpointSecurityFixtures.jamf(EndpointSecurityFixtures.EXEC));
        records.put("macos.santa EXEC", MacLogsTest.EXEC);
        records.put("macos.unified-log", MacLogsTest.UNIFIED.formatted("Opening URL: <https://a.example/>"));
        records.put("macos.fsevents", "2026-03-02T10:00:05+0000 /Users/ada/a b.dmg Created IsFile");
        Fixture.all().stream()
                .filter(fixture -> fixture.expected().getFirst().startsWith("{"))
                .forEach(fixture -> records.put(fixture.format() + " " + fixture.name(), fixture.raw()));
        Normalizer normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);
        records.forEach((name, text) -> {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            long[] nanos = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                nanos[round] = measure(normalizer, value);
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%-60.60s %5d bytes %7d ns/record %6.1f us/kB (best %d)%n",
                    name, value.length, nanos[ROUNDS / 2], nanos[ROUNDS / 2] / 1000.0 / value.length * 1000, nanos[0]);
        });
    }

    private static long measure(Normalizer normalizer, byte[] value) {
        int rejected = 0;
        long begin = CLOCK.getCurrentThreadCpuTime();
        for (int i = 0; i < RECORDS; i++) {
            Outcome outcome = normalizer.normalize(value, new RawCoordinates("t", 0, i, 1_772_445_660_000L));
            rejected += outcome instanceof Outcome.Rejected ? 1 : 0;
        }
        long nanos = (CLOCK.getCurrentThreadCpuTime() - begin) / RECORDS;
        if (rejected > 0) {
            throw new IllegalStateException("a record that is measured must be read");
        }
        return nanos;
    }
}
