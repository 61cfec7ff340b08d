package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClaimLimitsTest {

    private static final Instant TEN = TestEvents.TEN;
    private static final String HONEST = "ws-1.contoso.com";
    private static final int MAX_CLAIMS = 2 * ClaimLimits.MAX_OF_KIND;

    private final List<ClaimLimits.Delivered> held = new ArrayList<>();

    @Test
    void keepsWhatWasClaimedBeforeAFloodOfAnySizeAndTime() {
        long seed = 5;
        var random = new Random(seed);
        for (int size = 1; size <= 4_096; size *= 2) {
            held.clear();
            deliver(claim(HONEST, TEN, "zeek.dhcp", false), 0);
            flood(size, random);
            assertThat(held)
                    .as("seed %d, flood of %d", seed, size)
                    .extracting(ClaimLimits.Delivered::lease)
                    .extracting(Lease::getHost)
                    .contains(HONEST);
        }
    }

    @Test
    void hearsWhatIsClaimedAfterAFlood() {
        flood(2_000, new Random(6));
        deliver(claim(HONEST, TEN, "zeek.dhcp", false), 3_000);
        assertThat(held).extracting(claim -> claim.lease().getHost()).contains(HONEST);
    }

    @Test
    void keepsWhatAHostsOwnSensorSaysInTheMidstOfAFlood() {
        var random = new Random(7);
        flood(500, random);
        deliver(claim(HONEST, TEN, "windows.sysmon", true), 500);
        flood(500, random);
        assertThat(held).extracting(claim -> claim.lease().getHost()).contains(HONEST);
    }

    @Test
    void forgetsTheOldestDeliveriesOfAHostThatClaimsAgainAndAgain() {
        for (int i = 0; i < 200; i++) {
            deliver(claim(HONEST, TEN.plus(Duration.ofMinutes(i)), "windows.sysmon", true), i);
        }
        assertThat(held).hasSize(ClaimLimits.MAX_OF_CLAIMANT);
        assertThat(held).extracting(ClaimLimits.Delivered::at).contains(199L).doesNotContain(0L);
    }

    private void flood(int size, Random random) {
        long start = held.stream().mapToLong(ClaimLimits.Delivered::at).max().orElse(0) + 1;
        for (int i = 0; i < size; i++) {
            deliver(
                    claim(
                            "evil-" + start + "-" + i,
                            TEN.plusSeconds(random.nextInt(40_000) - 20_000),
                            "zeek.dhcp",
                            false),
                    start + i);
        }
    }

    private void deliver(Lease claim, long at) {
        held.add(new ClaimLimits.Delivered(claim, at));
        List<Lease> surplus = ClaimLimits.surplus(held);
        held.removeIf(known -> surplus.contains(known.lease()));
        assertThat(held).hasSizeLessThanOrEqualTo(MAX_CLAIMS);
    }

    private static Lease claim(String host, Instant from, String dataset, boolean own) {
        return new Lease("ip:10.0.0.5", host, from, null, dataset, null, own, null);
    }
}
