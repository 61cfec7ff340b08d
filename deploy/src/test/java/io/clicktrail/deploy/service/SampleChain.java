package io.clicktrail.deploy.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The logs of the demo's victim, dated yesterday, for any number of hosts: one case each. */
final class SampleChain {

    static final String DOMAIN = "docusign-invoices";

    private static final String VICTIM = "ws-0142";
    private static final String DAY = "2026-10-14";
    private static final List<String> LINES = read();

    private SampleChain() {}

    /** Name of a host; its case contains it. */
    static String host(int number) {
        return "ws-%04d".formatted(7000 + number);
    }

    /** The raw records of a host in their order. */
    static List<byte[]> of(int number) {
        var host = host(number);
        return LINES.stream()
                .map(line -> line.replace(VICTIM, host)
                        .replace(VICTIM.toUpperCase(Locale.ROOT), host.toUpperCase(Locale.ROOT))
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Cases have the time of their events, and the brokers delete what is older than the retention. */
    private static List<String> read() {
        var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        try (var logs = Objects.requireNonNull(SampleChain.class.getResourceAsStream(
                "/io/clicktrail/standalone/demo/windows/ws-0142.winlogbeat.ndjson"))) {
            return new String(logs.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replace(DAY, yesterday))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
