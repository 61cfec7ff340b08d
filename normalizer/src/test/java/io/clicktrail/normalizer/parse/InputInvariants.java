package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clicktrail.event.Event;
import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.assembly.FileAssembly;
import io.clicktrail.normalizer.mapping.MappingFile;
import io.clicktrail.normalizer.mapping.MappingReading;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What holds for any bytes: they have one outcome, within a second of CPU time and a bounded amount of memory, and what
 * it says of them is true. Envelopes, formats, an operator's formats and the assembly of several records all see
 * the way of the bytes.
 */
final class InputInvariants {

    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final long MOST_ALLOCATED = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String OWN_FORMATS = """
            name: acme
            match:
              json: { /type: [request, "web.request"] }
            event:
              kind: HTTP_REQUEST
              time: /ts
              url.original: /http/url
              client.ip: { from: /src, pattern: '((?:\\d+\\.)+\\d+)$' }
            ---
            name: acme.dns
            match: { contains: " q: " }
            line: '^(?P<time>\\S+ \\S+) (?P<ip>\\S+) q: (?P<name>\\S*)(?P<rest>(.*)*)'
            event:
              kind: DNS_QUERY
              time: time
              client.ip: ip
              dns.question.name: name
            """;

    private final Normalizer normalizer = new Normalizer(
            InputLimits.DEFAULT,
            TopicZones.of(ZoneOffset.UTC),
            TopicColumns.NONE,
            ((MappingReading.Valid) MappingFile.parse("trial", OWN_FORMATS)).mappings());

    /** A trial for which all that the records need is loaded already, so that it measures reading alone. */
    static InputInvariants warm(List<byte[]> records) {
        InputInvariants trial = new InputInvariants();
        for (byte[] record : records) {
            trial.outcome(record);
        }
        return trial;
    }

    /** Fails where one of these does not hold. */
    void run(byte[] value) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        Outcome outcome = outcome(value);
        check(outcome, value);
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(Duration.ofNanos(nanos)).as("CPU time").isLessThan(SLOWEST);
        assertThat(bytes).as("bytes of memory").isLessThan(MOST_ALLOCATED);
    }

    private Outcome outcome(byte[] value) {
        var at = new RawCoordinates("clicktrail.raw.logs", 1, 42, TestNormalizer.DELIVERED.toEpochMilli());
        Outcome outcome = normalizer.normalize(value, at);
        if (outcome instanceof Outcome.Partial partial) {
            var assembly = new FileAssembly(
                    Normalizer.assembler(InputLimits.DEFAULT, AssemblyBounds.DEFAULT), AssemblyBounds.DEFAULT);
            assembly.take(partial, value, at);
            assembly.finish().forEach(settled -> assertThat(settled.pieces()).isNotEmpty());
        }
        return outcome;
    }

    private static void check(Outcome outcome, byte[] value) {
        switch (outcome) {
            case Outcome.Normalized normalized -> {
                assertThat(normalized.events()).isNotEmpty();
                for (Event event : normalized.events()) {
                    assertThat(event.getEventId()).hasSize(32);
                }
                normalized.faults().forEach(fault -> check(fault, value));
            }
            case Outcome.Rejected rejected -> {
                assertThat(rejected.from()).isBetween(0, rejected.to());
                assertThat(rejected.to()).isLessThanOrEqualTo(value.length);
                assertThat(rejected.position()).isBetween(0, value.length);
            }
            case Outcome.Ignored ignored -> assertThat(ignored.dataset()).isNotEmpty();
            case Outcome.Partial partial -> {
                assertThat(partial.pieces()).isNotEmpty().allSatisfy(piece -> {
                    assertThat(piece.from()).isBetween(0, piece.to());
                    assertThat(piece.to()).isLessThanOrEqualTo(value.length);
                });
                if (partial.rest() != null) {
                    check(partial.rest(), value);
                }
            }
        }
    }
}
