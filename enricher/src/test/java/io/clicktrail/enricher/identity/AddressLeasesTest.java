package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressLeasesTest {

    private static final String IP = "ip:10.0.0.5";
    private static final String USER = "user:contoso\\alice";
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void knowsNothingOfWhatNobodyClaimed() {
        assertThat(AddressLeases.of(List.of()).at(TEN)).isEqualTo(new HostResolution.Unknown());
    }

    @Test
    void holdsAClaimWithoutEndFromFiveMinutesBeforeToTwelveHoursAfter() {
        AddressLeases book = AddressLeases.of(List.of(claim(IP, "ws-1", TEN)));
        assertThat(book.at(TEN.minus(Duration.ofMinutes(5)))).isEqualTo(known("ws-1"));
        assertThat(book.at(TEN.minus(Duration.ofMinutes(5)).minusMillis(1))).isEqualTo(new HostResolution.Unknown());
        assertThat(book.at(TEN.plus(Duration.ofHours(12)))).isEqualTo(known("ws-1"));
        assertThat(book.at(TEN.plus(Duration.ofHours(12)).plusMillis(1))).isEqualTo(new HostResolution.Unknown());
    }

    @Test
    void holdsALeaseToItsEnd() {
        AddressLeases book = AddressLeases.of(List.of(lease(IP, "ws-1", TEN, TEN.plusSeconds(600))));
        assertThat(book.at(TEN.plusSeconds(600))).isEqualTo(known("ws-1"));
        assertThat(book.at(TEN.plusSeconds(601))).isEqualTo(new HostResolution.Unknown());
    }

    @Test
    void followsAnAddressThatChangesHandsTwiceInAnHour() {
        AddressLeases book = AddressLeases.of(List.of(
                lease(IP, "ws-1", TEN, TEN.plusSeconds(86_400)),
                lease(IP, "ws-2", TEN.plusSeconds(1_200), TEN.plusSeconds(86_400)),
                lease(IP, "ws-3", TEN.plusSeconds(2_400), TEN.plusSeconds(86_400))));
        assertThat(book.at(TEN.plusSeconds(600))).isEqualTo(known("ws-1"));
        assertThat(book.at(TEN.plusSeconds(1_800))).isEqualTo(known("ws-2"));
        assertThat(book.at(TEN.plusSeconds(3_000))).isEqualTo(known("ws-3"));
    }

    @Test
    void namesBothHostsWhereAnAddressIsAboutToChangeHands() {
        AddressLeases book =
                AddressLeases.of(List.of(claim(IP, "ws-1", TEN), claim(IP, "ws-2", TEN.plusSeconds(1_200))));
        assertThat(book.at(TEN.plusSeconds(1_100)))
                .isEqualTo(new HostResolution.Known("ws-1", List.of("ws-2"), null, null));
    }

    @Test
    void isConfirmedByClaimsOfTheSameHostShortlyBeforeAndAfter() {
        AddressLeases book = AddressLeases.of(List.of(
                claim(IP, "ws-1", TEN),
                claim(IP, "ws-1", TEN.plusSeconds(600)),
                claim(IP, "ws-1", TEN.plusSeconds(3_600)),
                claim(IP, "ws-2", TEN.plusSeconds(4_000))));
        assertThat(book.isConfirmed(TEN.plusSeconds(300))).isTrue();
        assertThat(book.isConfirmed(TEN.plusSeconds(900))).isFalse();
        assertThat(book.isConfirmed(TEN.plusSeconds(3_900))).isFalse();
        assertThat(book.isConfirmed(TEN.plusSeconds(4_100))).isFalse();
    }

    @Test
    void marksAnAddressThatManyHostsClaimWithinMinutes() {
        List<Lease> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            claims.add(claim(IP, "ws-" + i, TEN.plusSeconds(60L * i)));
        }
        assertThat(AddressLeases.of(claims).at(TEN.plusSeconds(300)))
                .isEqualTo(
                        new HostResolution.Known("ws-3", List.of("ws-0", "ws-1", "ws-2"), null, AddressLeases.CROWDED));
        assertThat(AddressLeases.of(claims.subList(0, 3)).at(TEN.plusSeconds(300)))
                .isEqualTo(known("ws-2"));
    }

    @Test
    void letsAUserWorkOnSeveralHosts() {
        AddressLeases book =
                AddressLeases.of(List.of(claim(USER, "ws-1", TEN), claim(USER, "ws-2", TEN.plusSeconds(1_200))));
        assertThat(book.at(TEN.plusSeconds(3_600)))
                .isEqualTo(new HostResolution.Known("ws-2", List.of("ws-1"), null, null));
    }

    @Test
    void takesAShortNameAndItsQualifiedFormForOneHost() {
        AddressLeases book =
                AddressLeases.of(List.of(claim(IP, "ws-1.contoso.com", TEN), claim(IP, "ws-1", TEN.plusSeconds(60))));
        assertThat(book.at(TEN.plusSeconds(120))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(AddressLeases.of(List.of(claim(IP, "ws-1", TEN), claim(IP, "ws-10.contoso.com", TEN)))
                        .at(TEN))
                .isEqualTo(new HostResolution.Known("ws-10.contoso.com", List.of("ws-1"), null, null));
    }

    @Test
    void takesTheQualifiedNameOfTheLatestClaimWhereTwoMachinesHaveOneShortName() {
        AddressLeases book = AddressLeases.of(List.of(
                claim(IP, "ws-1.a.com", TEN),
                claim(IP, "ws-1.b.com", TEN.plusSeconds(3_600)),
                claim(IP, "ws-1", TEN.plusSeconds(3_660))));
        assertThat(book.at(TEN.plusSeconds(1_800))).isEqualTo(known("ws-1.a.com"));
        assertThat(book.at(TEN.plusSeconds(3_700))).isEqualTo(known("ws-1.b.com"));
    }

    @Test
    void takesTheAnswerToAQuestionForTheSameHostAsTheClaim() {
        AddressLeases book = AddressLeases.of(List.of(
                claim(IP, "aid-1", TEN),
                new Lease(IP, "ws-1.contoso.com", TEN, null, "test", null, false, "aid-1"),
                claim(IP, "aid-1", TEN.plusSeconds(600))));
        assertThat(book.at(TEN.plusSeconds(700))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(book.isConfirmed(TEN.plusSeconds(300))).isTrue();
        assertThat(book.qualifies("ws-1.contoso.com", "aid-1")).isTrue();
        assertThat(book.qualifies("ws-2.contoso.com", "aid-1")).isFalse();
    }

    @Test
    void believesAHostsOwnSensorRatherThanLeasesOfOthers() {
        AddressLeases book = AddressLeases.of(List.of(
                own("ws-1.contoso.com", TEN),
                lease(IP, "evil", TEN.plusSeconds(60), TEN.plusSeconds(86_400)),
                lease(IP, "evil-2", TEN.plusSeconds(61), TEN.plusSeconds(86_400)),
                lease(IP, "evil-3", TEN.plusSeconds(62), TEN.plusSeconds(86_400)),
                lease(IP, "evil-4", TEN.plusSeconds(63), TEN.plusSeconds(86_400))));
        assertThat(book.at(TEN.plusSeconds(120))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(book.at(TEN.plus(AddressLeases.CONFIRMING))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(book.at(TEN.plus(AddressLeases.CONFIRMING).plusMillis(1)))
                .isInstanceOfSatisfying(
                        HostResolution.Known.class,
                        known -> assertThat(known.host()).isEqualTo("evil-4"));
    }

    @Test
    void handsAnAddressFromOneSensorToTheNext() {
        AddressLeases book =
                AddressLeases.of(List.of(own("ws-1.contoso.com", TEN), own("ws-2.contoso.com", TEN.plusSeconds(300))));
        assertThat(book.at(TEN.plusSeconds(301))).isEqualTo(known("ws-2.contoso.com"));
    }

    @Test
    void holdsTheNameOfAHostForAWeekBeforeAndAfter() {
        AddressLeases book =
                AddressLeases.of(List.of(claim("ws-1", "ws-1.contoso.com", TEN), claim("ws-1", "ws-1", TEN)));
        assertThat(book.at(TEN.minus(AddressLeases.NAMED))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(book.at(TEN.plus(AddressLeases.NAMED))).isEqualTo(known("ws-1.contoso.com"));
        assertThat(book.at(TEN.plus(AddressLeases.NAMED).plusMillis(1))).isEqualTo(new HostResolution.Unknown());
    }

    @Test
    void answersTheSameInWhateverOrderTheClaimsCame() {
        long seed = 42;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Lease> claims = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Instant from = TEN.plusSeconds(random.nextInt(36_000));
                claims.add(lease(
                        IP,
                        "ws-" + random.nextInt(3),
                        from,
                        random.nextBoolean() ? null : from.plusSeconds(random.nextInt(20_000))));
            }
            Instant time = TEN.plusSeconds(random.nextInt(50_000));
            HostResolution expected = AddressLeases.of(claims).at(time);
            Collections.shuffle(claims, random);
            AddressLeases oneByOne = AddressLeases.of(List.of());
            for (Lease claim : claims) {
                oneByOne = oneByOne.with(claim);
            }
            assertThat(oneByOne.at(time)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    private static HostResolution known(String host) {
        return new HostResolution.Known(host, List.of(), null, null);
    }

    private static Lease own(String host, Instant from) {
        return new Lease(IP, host, from, null, "sensor", null, true, null);
    }

    private static Lease claim(String key, String host, Instant from) {
        return lease(key, host, from, null);
    }

    private static Lease lease(String key, String host, Instant from, @Nullable Instant until) {
        return new Lease(key, host, from, until, "test", null, false, null);
    }
}
