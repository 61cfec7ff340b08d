package io.clicktrail.enricher.evidence;

import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.context.Volume;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Event;
import io.clicktrail.event.Http;
import io.clicktrail.event.Transfer;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up how much each host sends to each untrusted place in an hour, as each sensor counts it.
 *
 * <p>A fact is due for the first connection or upload of an hour and then whenever a sum passes one of 1, 2, 5, 10, 20,
 * 50, … so that a fact is rare and says the same in whatever order the exchanges arrive. The sums are in memory: at
 * most {@value #MAX_VOLUMES}, the least recently used is forgotten, and a restart begins them anew, so they are lower
 * bounds. An exchange costs O(1). Belongs to one thread.
 */
public final class TransferVolumes {

    private static final int MAX_VOLUMES = 20_000;
    private static final Set<String> UPLOADS = Set.of("POST", "PUT");

    /** Sums below these many bytes make no second fact. */
    private static final long MIN_SENT = 10_000;

    private static final long MIN_QUERIED = 1_000;

    /** Exchanges that count once although they are delivered again; a repetition follows soon. */
    private static final int MAX_COUNTED = 50_000;

    private final LruCache<Hour, Sum> sums = new LruCache<>(MAX_VOLUMES);
    private final LruCache<String, Boolean> counted = new LruCache<>(MAX_COUNTED);

    /** Adds the exchange that evidence shows; the fact that is due by it, or null where none is. */
    public @Nullable ContextFact add(Evidence evidence) {
        Event event = evidence.getEvent();
        DomainRisk domain = evidence.getDomain();
        if (domain == null
                || domain.getInternal()
                || domain.getDistributor()
                || !evidence.getRoles().contains(Role.EGRESS)
                || !ContextFacts.isCertain(evidence)) {
            return null;
        }
        Transfer transfer = event.getTransfer();
        Dns dns = event.getDns();
        Http http = event.getHttp();
        boolean isUpload = http != null && http.getMethod() != null && UPLOADS.contains(http.getMethod());
        if (transfer == null && dns == null && !isUpload) {
            return null;
        }
        if (counted.put(event.getEventId(), Boolean.TRUE) != null) {
            return null;
        }
        Instant hour = event.getTime().truncatedTo(ChronoUnit.HOURS);
        Sum sum = sums.computeIfAbsent(
                new Hour(
                        evidence.getHost(),
                        domain.getTenantKey(),
                        event.getSource().getDataset(),
                        hour),
                start -> new Sum());
        sum.add(transfer, dns, isUpload);
        return sum.isDue() ? sum.fact(evidence, domain, hour) : null;
    }

    private record Hour(String host, String place, String dataset, Instant start) {}

    private static final class Sum {

        private long sent;
        private long emitted;
        private long received;
        private int transfers;
        private int uploads;
        private int queries;
        private long queryBytes;
        private int[] steps = new int[4];

        void add(@Nullable Transfer transfer, @Nullable Dns dns, boolean isUpload) {
            if (transfer != null) {
                sent += transfer.getSent() == null ? 0 : transfer.getSent();
                received += transfer.getReceived() == null ? 0 : transfer.getReceived();
                transfers++;
            }
            if (dns != null) {
                queries++;
                queryBytes += dns.getQuestionName().length();
            }
            uploads += isUpload ? 1 : 0;
        }

        boolean isDue() {
            int[] now = {
                steps(sent, MIN_SENT), steps(uploads, 1), steps(queryBytes, MIN_QUERIED), Math.min(transfers, 1)
            };
            boolean due = !Arrays.equals(now, steps);
            steps = now;
            return due;
        }

        ContextFact fact(Evidence evidence, DomainRisk domain, Instant hour) {
            long added = sent - emitted;
            emitted = sent;
            return ContextFacts.fact(evidence.getEvent(), ContextKind.TRANSFER)
                    .setHost(evidence.getHost())
                    .setTenantKey(domain.getTenantKey())
                    .setVolume(Volume.newBuilder()
                            .setHour(hour)
                            .setSent(sent)
                            .setAdded(added)
                            .setReceived(received)
                            .setTransfers(transfers)
                            .setUploads(uploads)
                            .setQueries(queries)
                            .setQueryBytes(queryBytes)
                            .setFirstSeen(domain.getFirstSeen())
                            .build())
                    .build();
        }
    }

    /** How many of least × 1, 2, 5, 10, 20, 50, … a sum has reached. */
    private static int steps(long sum, long least) {
        int steps = 0;
        for (long decade = least; decade <= sum && decade <= Long.MAX_VALUE / 10; decade *= 10) {
            steps += sum / 5 >= decade ? 3 : sum / 2 >= decade ? 2 : 1;
        }
        return steps;
    }
}
