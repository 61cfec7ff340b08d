package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event of a Windows channel, before a collector puts it into its container.
 *
 * @param data names and values in their order
 */
record WindowsEvent(
        String provider,
        String channel,
        int id,
        Instant written,
        String computer,
        long recordId,
        Map<String, String> data) {

    static final String SYSMON = "Microsoft-Windows-Sysmon";
    static final String SECURITY = "Microsoft-Windows-Security-Auditing";

    static WindowsEvent sysmon(int id, Instant at, Machine machine, String... pairs) {
        return new WindowsEvent(
                SYSMON,
                SYSMON + "/Operational",
                id,
                at.plusMillis(5),
                machine.qualifiedName(),
                machine.nextSerial(),
                data(pairs));
    }

    static WindowsEvent security(int id, Instant at, Machine machine, String... pairs) {
        return new WindowsEvent(
                SECURITY, "Security", id, at, machine.qualifiedName(), machine.nextSerial(), data(pairs));
    }

    private static Map<String, String> data(String... pairs) {
        var data = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put(pairs[i], pairs[i + 1]);
        }
        return data;
    }

    /** Whose GUID the provider has. */
    String providerGuid() {
        return provider.equals(SYSMON)
                ? "5770385f-c22a-43e0-bf4c-06f5698ffbd9"
                : "54849625-5478-4994-a5ba-3e3b0328c30d";
    }
}
