package io.clicktrail.normalizer;

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

    private static final int ROUNDS = 9;
    private static final int RECORDS = 20_000;
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
        records.put(
                "squid.native",
                "1772445605.731    161 10.1.2.17 TCP_MISS/200 103701 GET http://files.bad.example/a/Invoice.iso CORP%5cada HIER_DIRECT/203.0.113.9 text/html");
        records.put(
                "cef",
                "CEF:0|Zscaler|NSSWeblog|6.1|200|Allowed|3|act=Allowed app=HTTPS dhost=files.bad.example dst=203.0.113.9 dpt=443 src=10.1.2.17 suser=ada@corp.example request=files.bad.example/a/Invoice.iso?id\\=7 requestMethod=GET requestClientApplication=Mozilla/5.0 (X11) in=103701 out=812 rt=1772445605731");
        records.put(
                "leef",
                "LEEF:1.0|Acme|Firewall|1|permit|devTime=1772445605731\tsrc=10.1.2.17\tdst=203.0.113.9\tsrcPort=50123\tdstPort=443\tproto=TCP\tusrName=CORP\\ada\taction=allow");
        records.put("azure records of zeek.json conn", "{\"records\":[" + ZeekFixtures.CONN + "]}");
        Normalizer normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);
        records.forEach((name, text) -> {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            long[] nanos = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                nanos[round] = measure(normalizer, value);
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%-40s %5d bytes %7d ns/record (best %d)%n", name, value.length, nanos[ROUNDS / 2], nanos[0]);
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
