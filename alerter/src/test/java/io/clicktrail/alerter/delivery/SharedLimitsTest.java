package io.clicktrail.alerter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.Stories;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.LimitBalance;
import io.clicktrail.state.LimitShare;
import io.clicktrail.state.NewCase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several partitions that share the limits of a tenant, with notes and answers on their way for any time. */
class SharedLimitsTest {

    private static final long SEED = 4_711L;
    private static final long START = 1_772_500_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Alert CASE = Stories.alert(Stories.downloaded());

    private record Offer(int number, long at, int partition) {}

    private record Answer(int number, int partition, NewCase what, boolean sent, List<LimitBalance> balances) {}

    /** What one history sent and held back, by the numbers of the cases and the time of their delivery. */
    private record Outcome(Map<Integer, Long> sent, Set<Integer> heldBack) {}

    @Test
    void noCaseIsLostDoubledOrSentBeyondTheLimitAndTheBound() {
        var random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            int perRule = 1 + random.nextInt(60);
            int perTenant = 1 + random.nextInt(80);
            int partitions = 1 + random.nextInt(8);
            var limits = new DeliveryLimits(10_000, perRule, perTenant, 10);
            List<Offer> offers = offers(random, 400, partitions, 1 + random.nextInt(30_000));

            Outcome outcome = play(limits, offers, partitions, random);

            String what = "seed %d round %d".formatted(SEED, round);
            assertThat(outcome.sent.size() + outcome.heldBack.size()).as(what).isEqualTo(offers.size());
            assertThat(outcome.sent.keySet()).as(what).doesNotContainAnyElementsOf(outcome.heldBack);
            int limit = Math.min(perRule, perTenant);
            int bound = 2 * limit + partitions * (DeliveryLimits.ahead(limit) + 1);
            assertThat(mostInAnHour(outcome.sent.values())).as(what).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void whereNoLimitIsReachedAllIsSentWhateverThePartitions() {
        var random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            int cases = 1 + random.nextInt(200);
            int partitions = 1 + random.nextInt(8);
            var limits = new DeliveryLimits(10_000, cases, cases + random.nextInt(50), 10);

            Outcome outcome = play(limits, offers(random, cases, partitions, 10_000), partitions, random);

            assertThat(outcome.heldBack).as("seed %d round %d", SEED, round).isEmpty();
        }
    }

    @Test
    void onePartitionSendsWhatTheLimitsAllowAndNoMore() {
        var random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            int limit = 1 + random.nextInt(50);
            var limits = new DeliveryLimits(10_000, limit, 10_000, 10);
            List<Offer> offers = offers(random, 200, 1, 1);

            Outcome outcome = play(limits, offers, 1, random);

            assertThat(outcome.sent).as("seed %d round %d", SEED, round).hasSize(limit);
        }
    }

    @Test
    void aFloodInAllPartitionsAtOnceOverdrawsByTheBoundAtMost() {
        int partitions = 12;
        var limits = new DeliveryLimits(10_000, 200, 1_000, 10);
        List<Offer> offers = new ArrayList<>();
        for (int number = 0; number < 6_000; number++) {
            offers.add(new Offer(number, START, number % partitions));
        }

        Outcome outcome = play(limits, offers, partitions, new Random(SEED));

        assertThat(outcome.sent.size()).isBetween(200, 200 + partitions * 20);
    }

    private static List<Offer> offers(Random random, int cases, int partitions, int most) {
        List<Offer> offers = new ArrayList<>();
        long at = START;
        for (int number = 0; number < cases; number++) {
            at += random.nextInt(most);
            offers.add(new Offer(number, at, random.nextInt(partitions)));
        }
        return offers;
    }

    /**
     * Cases come in order; notes and answers keep their order and take any number of steps, but are more often taken
     * than cases come: what is an hour late counts as of a wrong clock.
     */
    private static Outcome play(DeliveryLimits limits, List<Offer> offers, int partitions, Random random) {
        var sent = new HashMap<Integer, Long>();
        var heldBack = new HashSet<Integer>();
        List<Map<String, LimitShare>> shares = new ArrayList<>();
        List<Map<String, Bucket>> devices = new ArrayList<>();
        List<Deque<DeliveryNote>> notes = new ArrayList<>();
        List<Deque<Answer>> answers = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            shares.add(new HashMap<>());
            devices.add(new HashMap<>());
            notes.add(new ArrayDeque<>());
            answers.add(new ArrayDeque<>());
        }
        Map<String, Bucket> buckets = new HashMap<>();
        int next = 0;
        int idle = 0;
        while (idle < 200 * partitions) {
            idle++;
            int partition = random.nextInt(partitions);
            int step = random.nextInt(1 + 6 * partitions);
            switch (step == 0 ? 0 : 1 + step % 2) {
                case 0 -> {
                    if (next < offers.size()) {
                        idle = 0;
                        Offer offer = offers.get(next++);
                        offer(
                                limits,
                                offer,
                                devices.get(offer.partition),
                                shares.get(offer.partition),
                                notes.get(offer.partition),
                                sent,
                                heldBack);
                    }
                }
                case 1 -> {
                    DeliveryNote note = notes.get(partition).poll();
                    if (note != null) {
                        idle = 0;
                        boolean isSent = note.getWhat() == NewCase.SENT || limits.holdsBack(note, buckets::get) == null;
                        List<LimitBalance> left = limits.spend(note, isSent ? 1 : 0, buckets::get);
                        left.forEach(balance ->
                                buckets.put(balance.getLimit(), new Bucket(balance.getTokens(), balance.getAt())));
                        answers.get(partition)
                                .add(new Answer(
                                        Integer.parseInt(note.getAlertId()), partition, note.getWhat(), isSent, left));
                    }
                }
                default -> {
                    Answer answer = answers.get(partition).poll();
                    if (answer != null) {
                        idle = 0;
                        Map<String, LimitShare> of = shares.get(partition);
                        answer.balances.forEach(balance -> of.put(
                                balance.getLimit(), DeliveryLimits.answered(of.get(balance.getLimit()), balance)));
                        if (answer.what == NewCase.WAITING && answer.sent) {
                            assertThat(sent.put(answer.number, offers.get(answer.number).at))
                                    .isNull();
                        } else if (answer.what == NewCase.WAITING) {
                            assertThat(heldBack.add(answer.number)).isTrue();
                        }
                    }
                }
            }
        }
        assertThat(next).isEqualTo(offers.size());
        return new Outcome(sent, heldBack);
    }

    private static void offer(
            DeliveryLimits limits,
            Offer offer,
            Map<String, Bucket> devices,
            Map<String, LimitShare> shares,
            Deque<DeliveryNote> notes,
            Map<Integer, Long> sent,
            Set<Integer> heldBack) {
        switch (limits.admit(CASE, devices::get, shares::get, offer.at, offer.at)) {
            case DeliveryLimits.Decision.Admitted admitted -> {
                devices.putAll(admitted.buckets());
                shares.putAll(admitted.shares());
                sent.put(offer.number, offer.at);
                notes.add(note(offer, NewCase.SENT));
            }
            case DeliveryLimits.Decision.Asked asked -> {
                devices.putAll(asked.buckets());
                shares.putAll(asked.shares());
                notes.add(note(offer, NewCase.WAITING));
            }
            case DeliveryLimits.Decision.HeldBack held -> heldBack.add(offer.number);
        }
    }

    private static DeliveryNote note(Offer offer, NewCase what) {
        return DeliveryNote.newBuilder(DeliveryLimitsTest.note(CASE, what, offer.at))
                .setAlertId(Integer.toString(offer.number))
                .build();
    }

    private static int mostInAnHour(Iterable<Long> times) {
        List<Long> sorted = new ArrayList<>();
        times.forEach(sorted::add);
        sorted.sort(null);
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) > HOUR) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
