package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.Subjects;
import io.clicktrail.context.Volume;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Transfer;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.state.Day;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a chain's host sent, in the day from its click on, to the places of the chain and to places that nobody here
 * knew before it.
 *
 * <p>Several sensors may count the same bytes, so that of each place and hour the sensor with the most counts. Sums are
 * rounded down to 1, 2, 5, 10, 20, 50 kB …, which makes them lower bounds that do not depend on when the case was
 * written.
 *
 * @param verdict what the sums say
 * @param sent bytes, rounded down
 * @param places who got them, most first
 * @param uploads requests with the method POST or PUT
 * @param tunnel the place whose names carried as much as a tunnel over DNS does; null where none did
 * @param queryBytes bytes in those names, rounded down
 * @param first start of the first hour in which something was sent
 * @param last start of the last
 * @param events events of the chain that show it, at most 8; which others made a sum pass a step depends on their order
 * @param counting datasets that count bytes
 * @param others datasets that saw the network but count none
 * @param hostDay bytes that the host sends to untrusted places on an ordinary day; absent where too few days are known
 * @param allDay the same of all hosts together
 */
public record SentData(
        Verdict verdict,
        long sent,
        List<String> places,
        int uploads,
        @Nullable String tunnel,
        long queryBytes,
        @Nullable Instant first,
        @Nullable Instant last,
        List<String> events,
        List<String> counting,
        List<String> others,
        @Nullable Long hostDay,
        @Nullable Long allDay) {

    /** Sums below this are 0. */
    public static final long MIN_SENT = 10_000;

    private static final int MAX_EVENTS = 8;

    /** What is known of data that was sent. UNCOUNTED: uploads were seen, but their size was not. */
    public enum Verdict {
        SENT,
        LITTLE,
        UNCOUNTED,
        NOT_MEASURED
    }

    public SentData {
        places = List.copyOf(places);
        events = List.copyOf(events);
        counting = List.copyOf(counting);
        others = List.copyOf(others);
    }

    /** What the chain's evidence and its context say. */
    public static SentData of(Chain chain, CaseContext context) {
        return of(chain, context, TransferThresholds.BUILT_IN);
    }

    static SentData of(Chain chain, CaseContext context, TransferThresholds thresholds) {
        List<Fact> own = ofEvidence(chain);
        List<Fact> all = new ArrayList<>(context.transfers());
        all.addAll(own);
        Instant start = chain.head().getFirstEventTime();
        Set<String> ofChain = places(chain);
        var places = new TreeMap<String, TreeMap<Instant, Hour>>();
        var counting = new TreeSet<String>();
        for (Fact fact : all) {
            Volume volume = fact.getVolume();
            if (volume.getTransfers() > 0) {
                counting.add(fact.getSender());
            }
            if (ofChain.contains(fact.getTitle())
                    || volume.getFirstSeen() != null && !volume.getFirstSeen().isBefore(start)) {
                places.computeIfAbsent(fact.getTitle(), place -> new TreeMap<>())
                        .merge(volume.getHour(), Hour.of(volume), Hour::most);
            }
        }
        var events = new TreeSet<String>();
        own.forEach(fact -> events.add(fact.getId()));
        return sum(places, counting, events, others(chain, counting), context, thresholds);
    }

    private static SentData sum(
            Map<String, TreeMap<Instant, Hour>> places,
            Set<String> counting,
            Set<String> events,
            List<String> others,
            CaseContext context,
            TransferThresholds thresholds) {
        var bySent = new TreeMap<String, Long>();
        long sent = 0;
        int uploads = 0;
        long queryBytes = 0;
        String tunnel = null;
        Instant first = null;
        Instant last = null;
        for (var place : places.entrySet()) {
            Hour total = place.getValue().values().stream().reduce(Hour.NONE, Hour::plus);
            sent += total.sent();
            uploads += total.uploads();
            bySent.put(place.getKey(), total.sent());
            if (total.queryBytes() > queryBytes) {
                queryBytes = total.queryBytes();
                tunnel = place.getKey();
            }
            first = first == null
                    ? place.getValue().firstKey()
                    : earlier(first, place.getValue().firstKey());
            last = last == null
                    ? place.getValue().lastKey()
                    : later(last, place.getValue().lastKey());
        }
        boolean isTunnel = queryBytes >= thresholds.queryBytes();
        Long hostDay = ordinary(context.daysOfHost(), thresholds.days());
        boolean isMuch =
                sent >= thresholds.sentBytes() && (hostDay == null || sent / thresholds.timesOrdinary() >= hostDay);
        return new SentData(
                isMuch || isTunnel
                        ? Verdict.SENT
                        : !counting.isEmpty() ? Verdict.LITTLE : uploads > 0 ? Verdict.UNCOUNTED : Verdict.NOT_MEASURED,
                sent,
                bySent.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .toList(),
                uploads,
                isTunnel ? tunnel : null,
                queryBytes,
                first,
                last,
                events.stream().limit(MAX_EVENTS).toList(),
                List.copyOf(counting),
                others,
                hostDay,
                ordinary(context.daysOfAll(), thresholds.days()));
    }

    /** Bytes that count as data sent out. */
    public static long threshold() {
        return TransferThresholds.BUILT_IN.sentBytes();
    }

    /** The date of the thresholds. */
    public static String thresholdsVersion() {
        return TransferThresholds.BUILT_IN.version();
    }

    /** The chain's own connections, whose facts may not have arrived yet. */
    private static List<Fact> ofEvidence(Chain chain) {
        var facts = new TreeMap<String, Fact>();
        for (Evidence item : chain.at(Stage.EGRESS)) {
            Transfer transfer = item.getEvent().getTransfer();
            if (transfer != null && item.getDomain() != null) {
                Fact fact = fact(item, transfer);
                facts.merge(fact.getVolume().getHour() + fact.getSender() + fact.getTitle(), fact, SentData::together);
            }
        }
        return List.copyOf(facts.values());
    }

    private static Fact fact(Evidence item, Transfer transfer) {
        return Fact.newBuilder()
                .setKind(FactKind.TRANSFER)
                .setId(item.getEvent().getEventId())
                .setTime(item.getEvent().getTime())
                .setTitle(item.getDomain().getTenantKey())
                .setSender(item.getEvent().getSource().getDataset())
                .setVolume(Volume.newBuilder()
                        .setHour(item.getEvent().getTime().truncatedTo(ChronoUnit.HOURS))
                        .setTransfers(1)
                        .setSent(transfer.getSent() == null ? 0 : transfer.getSent())
                        .build())
                .build();
    }

    private static Fact together(Fact one, Fact other) {
        return Fact.newBuilder(one)
                .setVolume(Volume.newBuilder(one.getVolume())
                        .setTransfers(one.getVolume().getTransfers()
                                + other.getVolume().getTransfers())
                        .setSent(one.getVolume().getSent() + other.getVolume().getSent())
                        .build())
                .build();
    }

    private static Set<String> places(Chain chain) {
        return Subjects.placesOf(
                RecordCopy.of(chain.head()).set("evidence", chain.evidence()).build());
    }

    private static List<String> others(Chain chain, Set<String> counting) {
        return chain.at(Stage.EGRESS).stream()
                .map(item -> item.getEvent().getSource().getDataset())
                .filter(dataset -> !counting.contains(dataset))
                .distinct()
                .sorted()
                .toList();
    }

    /** The median of the days, of the sensor that counts most; null where too few are known. */
    private static @Nullable Long ordinary(List<Day> days, int least) {
        var byDay = new TreeMap<Integer, Long>();
        days.forEach(day -> byDay.merge(day.getDay(), day.getSent(), Math::max));
        List<Long> sorted = byDay.values().stream().sorted().toList();
        return sorted.size() < least ? null : sorted.get(sorted.size() / 2);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** 1, 2, 5, 10, 20, 50, … times the least; 0 below it. */
    private static long rounded(long sum, long least) {
        long rounded = 0;
        for (long decade = least; decade <= sum && decade <= Long.MAX_VALUE / 10; decade *= 10) {
            rounded = sum / 5 >= decade ? 5 * decade : sum / 2 >= decade ? 2 * decade : decade;
        }
        return rounded;
    }

    /** What was sent to one place in one hour. */
    private record Hour(long sent, int uploads, long queryBytes) {

        static final Hour NONE = new Hour(0, 0, 0);

        static Hour of(Volume volume) {
            return new Hour(
                    rounded(volume.getSent(), MIN_SENT),
                    Math.toIntExact(rounded(volume.getUploads(), 1)),
                    rounded(volume.getQueryBytes(), MIN_SENT / 10));
        }

        Hour most(Hour other) {
            return new Hour(
                    Math.max(sent, other.sent),
                    Math.max(uploads, other.uploads),
                    Math.max(queryBytes, other.queryBytes));
        }

        Hour plus(Hour other) {
            return new Hour(sent + other.sent, uploads + other.uploads, queryBytes + other.queryBytes);
        }
    }
}
