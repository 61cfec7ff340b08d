package io.clicktrail.enricher.history;

import static io.clicktrail.enricher.TestEvents.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DomainHistoryTableTest {

    private static final long SEED = Long.getLong("clicktrail.seed", 23);
    private static final String SITE = "evil.top";
    private static final Instant LISTED = TEN.minus(Duration.ofDays(1));

    private final DomainHistoryTable table = new DomainHistoryTable(20);

    @Test
    void nothingIsKnownOfAPlaceThatNoSourceNames() {
        assertThat(table.asOf(SITE, TEN)).isEmpty();
        assertThat(table.knows(SITE)).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void saysWhatIsKnownByKindAndSourceInWhicheverOrderItCame() {
        var rdap = entry(HistoryKind.REGISTRATION, "rdap", TEN.minus(Duration.ofDays(9)));
        var whois = entry(HistoryKind.REGISTRATION, "whois", TEN.minus(Duration.ofDays(8)));
        var answers = entry(HistoryKind.RESOLUTION, "circl", TEN.minus(Duration.ofDays(7)));
        var rank = ranking(5, LISTED);

        for (DomainHistory each : List.of(rank, whois, answers, rdap)) {
            assertThat(table.offer(each)).isNull();
        }

        assertThat(table.asOf(SITE, TEN)).containsExactly(rdap, whois, answers, rank);
        assertThat(table.knows(SITE)).isTrue();
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void whatBeganOrWasListedLaterIsNotKnownYet() {
        var rdap = entry(HistoryKind.REGISTRATION, "rdap", TEN);
        var rank = ranking(5, TEN.plusSeconds(1));
        table.offer(rdap);
        table.offer(rank);

        assertThat(table.asOf(SITE, TEN.minusSeconds(1))).isEmpty();
        assertThat(table.asOf(SITE, TEN)).containsExactly(rdap);
        assertThat(table.asOf(SITE, TEN.plusSeconds(1))).containsExactly(rdap, rank);
    }

    @ParameterizedTest
    @EnumSource(
            value = HistoryKind.class,
            names = {"RESOLUTION", "CERTIFICATE"})
    void theEarliestAnswerAndCertificateStay(HistoryKind kind) {
        table.offer(entry(kind, "feed", TEN.minus(Duration.ofDays(9))));
        table.offer(entry(kind, "feed", TEN.minus(Duration.ofDays(2))));

        assertThat(table.asOf(SITE, TEN))
                .extracting(DomainHistory::getSince)
                .containsExactly(TEN.minus(Duration.ofDays(9)));
        assertThat(table.size()).isOne();
    }

    @Test
    void aRegistrationAndARankAreReplaced() {
        table.offer(entry(HistoryKind.REGISTRATION, "rdap", TEN.minus(Duration.ofDays(900))));
        table.offer(entry(HistoryKind.REGISTRATION, "rdap", TEN.minus(Duration.ofDays(2))));
        table.offer(ranking(5, LISTED));
        table.offer(ranking(900, LISTED));

        assertThat(table.asOf(SITE, TEN))
                .containsExactly(
                        entry(HistoryKind.REGISTRATION, "rdap", TEN.minus(Duration.ofDays(2))), ranking(900, LISTED));
    }

    @Test
    void aPlaceHasEightSourcesAndMoreAreRefusedWithTheReason() {
        for (int i = 0; i < DomainHistoryTable.MAX_SOURCES; i++) {
            assertThat(table.offer(entry(HistoryKind.REGISTRATION, "whois" + i, LISTED)))
                    .isNull();
        }

        assertThat(table.offer(entry(HistoryKind.REGISTRATION, "whois8", LISTED)))
                .isEqualTo("there are 8 sources of evil.top already");
        assertThat(table.offer(entry(HistoryKind.REGISTRATION, "whois7", TEN))).isNull();
        assertThat(table.size()).isEqualTo(DomainHistoryTable.MAX_SOURCES);
    }

    @Test
    void theTableHasItsCapacityAndGivesPlacesBack() {
        var small = new DomainHistoryTable(2);
        small.offer(of("a.top", HistoryKind.REGISTRATION, "rdap", LISTED, null));
        small.offer(of("b.top", HistoryKind.REGISTRATION, "rdap", LISTED, null));
        var third = of("c.top", HistoryKind.REGISTRATION, "rdap", LISTED, null);

        assertThat(small.offer(third)).isEqualTo("there are 2 entries already");
        small.remove("a.top REGISTRATION rdap");
        assertThat(small.offer(third)).isNull();

        assertThat(small.size()).isEqualTo(2);
        assertThat(small.knows("a.top")).isFalse();
    }

    @Test
    void whatSaysNothingIsRefusedWithTheReason() {
        assertThat(table.offer(of(SITE, HistoryKind.UNKNOWN, "rdap", LISTED, null)))
                .isEqualTo("the kind is not known");
        assertThat(table.offer(of(SITE, HistoryKind.REGISTRATION, "rdap", null, null)))
                .isEqualTo("there is no time");
        assertThat(table.offer(of(SITE, HistoryKind.RANKING, "tranco", null, 0)))
                .isEqualTo("there is no rank from 1");
        assertThat(table.size()).isZero();
    }

    @Test
    void anEntryThatIsNotThereCanBeTakenBack() {
        table.offer(entry(HistoryKind.REGISTRATION, "rdap", LISTED));

        table.remove("evil.top REGISTRATION whois");
        table.remove("other.top REGISTRATION rdap");
        table.remove("no key");

        assertThat(table.size()).isOne();
    }

    @Test
    void isAPlainMapOfEntriesWithinItsBounds() {
        var random = new SplittableRandom(SEED);
        Map<String, DomainHistory> plain = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            String site = "site" + random.nextInt(4) + ".top";
            var kind = HistoryKind.values()[1 + random.nextInt(HistoryKind.values().length - 1)];
            var next = of(
                    site,
                    kind,
                    "source" + random.nextInt(3),
                    TEN.minus(Duration.ofDays(random.nextInt(100))),
                    1 + random.nextInt(9));
            String key = DomainHistoryTable.key(next);
            if (random.nextInt(5) == 0) {
                table.remove(key);
                plain.remove(key);
            } else if (table.offer(next) == null) {
                plain.put(key, DomainHistoryTable.merged(plain.get(key), next));
            } else {
                long ofSite = plain.values().stream()
                        .filter(each -> each.getTenantKey().equals(site))
                        .count();
                assertThat(plain.containsKey(key))
                        .as("seed %d, step %d", SEED, i)
                        .isFalse();
                assertThat(ofSite == DomainHistoryTable.MAX_SOURCES || plain.size() == 20)
                        .as("seed %d, step %d", SEED, i)
                        .isTrue();
            }
            Instant asked = TEN.minus(Duration.ofDays(random.nextInt(100)));
            assertThat(table.asOf(site, asked)).as("seed %d, step %d", SEED, i).isEqualTo(expected(plain, site, asked));
            assertThat(table.size()).isEqualTo(plain.size());
        }
    }

    private static List<DomainHistory> expected(Map<String, DomainHistory> plain, String site, Instant asked) {
        var known = new ArrayList<DomainHistory>();
        for (DomainHistory entry : plain.values()) {
            Instant from = entry.getKind() == HistoryKind.RANKING ? entry.getListed() : entry.getSince();
            if (entry.getTenantKey().equals(site) && !from.isAfter(asked)) {
                known.add(entry);
            }
        }
        known.sort(Comparator.comparing(DomainHistory::getKind).thenComparing(DomainHistory::getSource));
        return known;
    }

    private static DomainHistory entry(HistoryKind kind, String source, Instant since) {
        return of(SITE, kind, source, since, null);
    }

    private static DomainHistory ranking(int rank, Instant listed) {
        return DomainHistory.newBuilder(of(SITE, HistoryKind.RANKING, "tranco", null, rank))
                .setListed(listed)
                .build();
    }

    private static DomainHistory of(
            String site, HistoryKind kind, String source, @Nullable Instant since, @Nullable Integer rank) {
        return DomainHistory.newBuilder()
                .setTenantKey(site)
                .setKind(kind)
                .setSource(source)
                .setSince(since)
                .setRank(rank)
                .setListed(since == null ? LISTED : since)
                .build();
    }
}
