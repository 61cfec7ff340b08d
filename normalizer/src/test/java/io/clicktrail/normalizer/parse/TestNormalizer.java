package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads what tests write, as delivered on the day on which all fixtures play. */
public final class TestNormalizer {

    /** When every record of the tests was delivered. */
    public static final Instant DELIVERED = Instant.parse("2026-03-02T10:01:00Z");

    private static final RawCoordinates AT = new RawCoordinates("clicktrail.raw.logs", 1, 42, DELIVERED.toEpochMilli());

    private final Normalizer normalizer;

    public TestNormalizer() {
        this(InputLimits.DEFAULT, ZoneOffset.UTC);
    }

    public TestNormalizer(InputLimits limits, ZoneId zone) {
        this(new Normalizer(limits, zone));
    }

    public TestNormalizer(Normalizer normalizer) {
        this.normalizer = normalizer;
    }

    public Outcome read(byte[] value) {
        return normalizer.normalize(value, AT);
    }

    public Outcome read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    public Outcome.Normalized normalized(String text) {
        Outcome outcome = read(text);
        assertThat(outcome).isInstanceOf(Outcome.Normalized.class);
        return (Outcome.Normalized) outcome;
    }

    /** The one event of a record. */
    public Event event(String text) {
        Outcome.Normalized outcome = normalized(text);
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.skipped()).isEmpty();
        assertThat(outcome.events()).hasSize(1);
        return outcome.events().getFirst();
    }

    public Outcome.Rejected rejected(String text) {
        Outcome outcome = read(text);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return (Outcome.Rejected) outcome;
    }

    public Outcome.Ignored ignored(String text) {
        Outcome outcome = read(text);
        assertThat(outcome).isInstanceOf(Outcome.Ignored.class);
        return (Outcome.Ignored) outcome;
    }
}
