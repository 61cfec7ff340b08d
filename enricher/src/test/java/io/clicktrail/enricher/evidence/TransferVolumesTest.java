package io.clicktrail.enricher.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.context.ContextFact;
import io.clicktrail.context.Volume;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Http;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Source;
import io.clicktrail.event.Transfer;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.SuffixKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransferVolumesTest {

    private static final Instant NINE = Instant.parse("2026-03-03T09:00:00Z");

    private final TransferVolumes volumes = new TransferVolumes();

    @Test
    void aFactIsDueForTheFirstConnectionAndWhenASumPassesAStep() {
        var facts = new ArrayList<Volume>();
        for (int number = 0; number < 100; number++) {
            ContextFact fact = volumes.add(connection(number, "evil.top", 1_000));
            if (fact != null) {
                facts.add(fact.getVolume());
            }
        }

        assertThat(facts).extracting(Volume::getSent).containsExactly(1_000L, 10_000L, 20_000L, 50_000L, 100_000L);
        assertThat(facts).extracting(Volume::getAdded).containsExactly(1_000L, 9_000L, 10_000L, 30_000L, 50_000L);
        assertThat(facts).extracting(Volume::getTransfers).containsExactly(1, 10, 20, 50, 100);
    }

    @Test
    void anExchangeThatIsDeliveredAgainCountsOnce() {
        var facts = new ArrayList<Volume>();
        for (int number = 0; number < 10; number++) {
            for (int delivery = 0; delivery < 2; delivery++) {
                ContextFact fact = volumes.add(connection(number, "evil.top", 1_000));
                if (fact != null) {
                    facts.add(fact.getVolume());
                }
            }
        }

        assertThat(facts).extracting(Volume::getSent).containsExactly(1_000L, 10_000L);
    }

    @Test
    void hoursAndPlacesAreCountedApart() {
        assertThat(volumes.add(connection(0, "evil.top", 700))).isNotNull();
        assertThat(volumes.add(connection(1, "evil.top", 700))).isNull();
        assertThat(volumes.add(connection(2, "drop.example", 700))).isNotNull();
        assertThat(Objects.requireNonNull(volumes.add(connection(3_600, "evil.top", 700)))
                        .getVolume()
                        .getHour())
                .isEqualTo(NINE.plusSeconds(3_600));
    }

    @Test
    void uploadsAndQueriesCountWithoutBytes() {
        Event post = event(0).setKind(EventKind.HTTP_REQUEST)
                .setHttp(Http.newBuilder().setMethod("POST").build())
                .build();
        Event query = event(1).setKind(EventKind.DNS_QUERY)
                .setDns(Dns.newBuilder().setQuestionName("a1b2.evil.top").build())
                .build();

        assertThat(Objects.requireNonNull(volumes.add(evidence(post, "evil.top")))
                        .getVolume())
                .returns(1, Volume::getUploads)
                .returns(0, Volume::getTransfers);
        assertThat(volumes.add(evidence(query, "evil.top"))).isNull();
    }

    @Test
    void trustedPlacesAndUncertainHostsDoNotCount() {
        Evidence trusted = Evidence.newBuilder(connection(0, "evil.top", 5))
                .setRoles(List.of())
                .build();
        Evidence uncertain = Evidence.newBuilder(connection(0, "evil.top", 5))
                .setOtherHosts(List.of("ws-2"))
                .build();

        assertThat(volumes.add(trusted)).isNull();
        assertThat(volumes.add(uncertain)).isNull();
    }

    private static Evidence connection(int second, String place, long sent) {
        return evidence(
                event(second)
                        .setKind(EventKind.NETWORK_CONNECTION)
                        .setTransfer(new Transfer(sent, 1L))
                        .build(),
                place);
    }

    private static Event.Builder event(int second) {
        return Event.newBuilder()
                .setEventId("event" + second)
                .setTime(NINE.plusSeconds(second))
                .setSource(Source.newBuilder()
                        .setDataset("zeek.conn")
                        .setTopic("raw")
                        .setPartition(0)
                        .setOffset(0)
                        .setSha256("00")
                        .build());
    }

    private static Evidence evidence(Event event, @Nullable String place) {
        return Evidence.newBuilder()
                .setEvent(event)
                .setHost("ws-1")
                .setPlatform(Platform.WINDOWS)
                .setRoles(List.of(Role.EGRESS))
                .setDomain(DomainRisk.newBuilder()
                        .setHost(place)
                        .setTenantKey(place)
                        .setSuffixKind(SuffixKind.ICANN)
                        .setScore(70)
                        .setBand(RiskBand.VERY_HIGH)
                        .build())
                .setTuningVersion("1")
                .build();
    }
}
