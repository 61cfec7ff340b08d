package io.clicktrail.enricher.domain;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of a tenant key: when it was first seen, the day it was last seen, and the hosts that touched it
 * first. From it follow how new a domain is to the organisation and how many hosts use it.
 *
 * <p><b>Invariants.</b> Immutable. {@code with} is commutative and idempotent: observations may come in any order and
 * repeatedly, the earliest times win, so replays, late events and seeds of other sites give the same record. First seen
 * is in event time; the last day is in delivery time, as it only decides what may be forgotten.
 *
 * <p><b>Bounds.</b> At most {@link Prevalence#COUNTED} hosts, those that came first: 16 bytes for a key and 8 for each
 * host, at most 176 bytes. A host is the 32-bit hash of its name, so two hosts in four thousand million count as one.
 *
 * <p><b>Cost.</b> An observation is a linear search and a sort over at most {@link Prevalence#COUNTED} numbers; one
 * that changes nothing returns the same instance, and nothing is written.
 *
 * @param firstSeen earliest event time, microseconds since 1970
 * @param lastDay latest delivery, days since 1970
 * @param firstProgram when the key first handed out a program, hours since 1970; {@link #NO_PROGRAM} if never
 * @param hosts the earliest hosts, at most {@link Prevalence#COUNTED}: hour in which it first saw the key in the upper
 *     half, hash of the host in the lower, ascending
 */
public record FirstSeenRecord(long firstSeen, int lastDay, int firstProgram, long[] hosts) {

    /** In place of an hour: the key has handed out no program. */
    public static final int NO_PROGRAM = Integer.MAX_VALUE;

    private static final int FIXED_BYTES = Long.BYTES + 2 * Integer.BYTES;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long WEEK_HOURS = 7 * 24;
    private static final long[] NO_HOSTS = {};

    /** A key first seen at a time, by no host in particular. */
    public static FirstSeenRecord of(Instant time, long delivered) {
        return new FirstSeenRecord(micros(time), dayOf(delivered), NO_PROGRAM, NO_HOSTS);
    }

    /** Adds that a host saw the key; the same instance where it changes nothing. */
    public FirstSeenRecord with(Instant time, long delivered, String host) {
        long micros = micros(time);
        long[] more = with(entry(micros, host));
        int day = Math.max(lastDay, dayOf(delivered));
        return micros >= firstSeen && day == lastDay && more == hosts
                ? this
                : new FirstSeenRecord(Math.min(firstSeen, micros), day, firstProgram, more);
    }

    /** Takes back that a host saw the key; the same instance where it changes nothing. */
    public FirstSeenRecord without(String host) {
        int at = indexOfHost(host.hashCode());
        if (at < 0) {
            return this;
        }
        long[] others = new long[hosts.length - 1];
        System.arraycopy(hosts, 0, others, 0, at);
        System.arraycopy(hosts, at + 1, others, at, others.length - at);
        return new FirstSeenRecord(firstSeen, lastDay, firstProgram, others);
    }

    /** Adds that the key was seen elsewhere; the same instance where it changes nothing. */
    public FirstSeenRecord with(Instant time, long delivered) {
        long micros = micros(time);
        int day = Math.max(lastDay, dayOf(delivered));
        return micros >= firstSeen && day == lastDay
                ? this
                : new FirstSeenRecord(Math.min(firstSeen, micros), day, firstProgram, hosts);
    }

    /** Adds that the key handed out a program; the same instance where it changes nothing. */
    public FirstSeenRecord withProgram(Instant time) {
        int hour = (int) Math.floorDiv(micros(time), MICROS_PER_HOUR);
        return hour >= firstProgram ? this : new FirstSeenRecord(firstSeen, lastDay, hour, hosts);
    }

    /** When the key first handed out a program, to the hour; null if never. */
    public @Nullable Instant firstProgramTime() {
        return firstProgram == NO_PROGRAM ? null : Instant.EPOCH.plus(firstProgram, ChronoUnit.HOURS);
    }

    public Instant first() {
        return Instant.EPOCH.plus(firstSeen, ChronoUnit.MICROS);
    }

    /** Which hosts had touched the key by a time. */
    public Prevalence prevalence(Instant time) {
        long hour = Math.floorDiv(micros(time), MICROS_PER_HOUR);
        int until = 0;
        int settled = 0;
        for (long host : hosts) {
            long since = host >> Integer.SIZE;
            until += since <= hour ? 1 : 0;
            settled += since <= hour - WEEK_HOURS ? 1 : 0;
        }
        return new Prevalence(until, settled);
    }

    /** True where the key was not seen for days, delivery time in milliseconds. */
    public boolean isSilent(long now, int days) {
        return dayOf(now) - lastDay > days;
    }

    /** 16 bytes, and 8 for each host. */
    public byte[] toBytes() {
        var bytes = ByteBuffer.allocate(FIXED_BYTES + hosts.length * Long.BYTES);
        bytes.putLong(firstSeen).putInt(lastDay).putInt(firstProgram);
        for (long host : hosts) {
            bytes.putLong(host);
        }
        return bytes.array();
    }

    /** @throws IllegalArgumentException for bytes that {@link #toBytes} has not written */
    public static FirstSeenRecord of(byte[] given) {
        int hosts = (given.length - FIXED_BYTES) / Long.BYTES;
        if (given.length < FIXED_BYTES || given.length != FIXED_BYTES + hosts * Long.BYTES) {
            throw new IllegalArgumentException(given.length + " bytes are no first-seen record");
        }
        var bytes = ByteBuffer.wrap(given);
        long firstSeen = bytes.getLong();
        int lastDay = bytes.getInt();
        int firstProgram = bytes.getInt();
        long[] read = hosts == 0 ? NO_HOSTS : new long[hosts];
        for (int i = 0; i < hosts; i++) {
            read[i] = bytes.getLong();
        }
        return new FirstSeenRecord(firstSeen, lastDay, firstProgram, read);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FirstSeenRecord that
                && that.firstSeen == firstSeen
                && that.lastDay == lastDay
                && that.firstProgram == firstProgram
                && Arrays.equals(that.hosts, hosts);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(firstSeen) * 31 + Arrays.hashCode(hosts);
    }

    private long[] with(long entry) {
        int at = indexOfHost((int) entry);
        if (at >= 0 && hosts[at] <= entry
                || at < 0 && hosts.length == Prevalence.COUNTED && hosts[hosts.length - 1] <= entry) {
            return hosts;
        }
        long[] more =
                at >= 0 || hosts.length == Prevalence.COUNTED ? hosts.clone() : Arrays.copyOf(hosts, hosts.length + 1);
        more[at >= 0 ? at : more.length - 1] = entry;
        Arrays.sort(more);
        return more;
    }

    private int indexOfHost(int hash) {
        for (int i = 0; i < hosts.length; i++) {
            if ((int) hosts[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    private static long entry(long micros, String host) {
        return Math.floorDiv(micros, MICROS_PER_HOUR) << Integer.SIZE | Integer.toUnsignedLong(host.hashCode());
    }

    private static int dayOf(long millis) {
        return (int) Math.floorDiv(millis, MILLIS_PER_DAY);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
