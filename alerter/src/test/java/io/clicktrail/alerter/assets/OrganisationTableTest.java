package io.clicktrail.alerter.assets;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrganisationTableTest {

    private static final Instant DAY = Instant.parse("2026-06-09T00:00:00Z");

    private final OrganisationTable table = new OrganisationTable();

    @Test
    void aHostIsKnownByItsShortAndItsQualifiedName() {
        offer(host("ws-1", 5));

        assertThat(criticality("ws-1")).isEqualTo(5);
        assertThat(criticality("ws-1.corp.example")).isEqualTo(5);
        assertThat(criticality("ws-10.corp.example")).isNull();
    }

    @Test
    void anEntryBeatsThePatternThatTheSettingsHave() {
        var settings = new AssetInventory(
                List.of(new HostAsset(new NamePattern("ws-*"), 2, HostAsset.Kind.LAPTOP, true, null)), List.of());
        offer(host("ws-1", 4));

        assertThat(table.importance(settings, "ws-1", null).host().criticality())
                .isEqualTo(4);
        assertThat(table.importance(settings, "ws-2", null).host().criticality())
                .isEqualTo(2);
    }

    @Test
    void anAccountIsKnownByItsLoginNameWhateverItsDomain() {
        offer(OrganisationEntry.newBuilder()
                .setKind(EntryKind.PERSON)
                .setNames(List.of("alice", "s-1-5-21-1-2-3-1107"))
                .setSource("ad")
                .setPrivileged(true)
                .build());

        for (String key : List.of("corp\\alice", "alice@corp.example", "alice", "s-1-5-21-1-2-3-1107")) {
            assertThat(table.importance(AssetInventory.NONE, "ws-1", key)
                            .person()
                            .privileged())
                    .as(key)
                    .isTrue();
        }
        assertThat(table.importance(AssetInventory.NONE, "ws-1", "corp\\alicex").knowsPerson())
                .isFalse();
    }

    @Test
    void aLaterEntryOfANameReplacesTheEarlierAndATombstoneTakesItOut() {
        offer(host("ws-1", 5));
        offer(host("ws-1", 1));
        assertThat(criticality("ws-1")).isEqualTo(1);

        table.remove("HOST ws-1");
        assertThat(criticality("ws-1")).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void anExerciseCoversItsPlacesAndWhatIsBelowThemWhileItRuns() {
        offer(exercise("june", List.of("sim.example"), List.of(), DAY.plusSeconds(86_400)));

        assertThat(covered("sim.example", "a@b.example", DAY)).isTrue();
        assertThat(covered("login.sim.example", "a@b.example", DAY)).isTrue();
        assertThat(covered("notsim.example", "a@b.example", DAY)).isFalse();
        assertThat(covered("sim.example", "a@b.example", DAY.plusSeconds(90_000)))
                .isFalse();
        assertThat(covered("sim.example", "a@b.example", DAY.minusSeconds(1))).isFalse();
    }

    @Test
    void anExerciseOfSomeHostsCoversNoOthers() {
        offer(exercise("june", List.of("sim.example"), List.of("ws-1*"), DAY.plusSeconds(86_400)));

        assertThat(table.exercise(subject("sim.example", "a@b.example", "ws-1.corp.example", DAY)))
                .isNotNull();
        assertThat(table.exercise(subject("sim.example", "a@b.example", "srv-1", DAY)))
                .isNull();
    }

    @Test
    void anExerciseWithoutAnythingToHoldACaseAgainstIsRefused() {
        assertThat(table.offer("EXERCISE all", exercise("all", List.of(), List.of(), null)))
                .isEqualTo("names no places, senders, hosts or people");
        assertThat(table.offer(
                        "EXERCISE ever",
                        exercise("ever", List.of("x.example"), List.of(), DAY.plusSeconds(40_000_000))))
                .contains("must end within a year");
        assertThat(table.knowsExercises()).isFalse();
    }

    @Test
    void aWrongEntryLeavesTheOneBeforeInForce() {
        offer(host("ws-1", 5));
        OrganisationEntry wrong = OrganisationEntry.newBuilder(host("ws-1", 3))
                .setNames(List.of("ws-1", "*"))
                .build();

        assertThat(table.offer("HOST ws-1", wrong)).isNotNull();
        assertThat(criticality("ws-1")).isEqualTo(5);
    }

    @Test
    void patternsAreBounded() {
        for (int i = 0; i < OrganisationTable.MAX_PATTERNS; i++) {
            assertThat(table.offer("HOST p" + i, host("p" + i + "-*", 3))).isNull();
        }

        assertThat(table.offer("HOST more", host("more-*", 3))).isEqualTo("there are 1000 patterns already");
    }

    private boolean covered(String place, String sender, Instant at) {
        return table.exercise(subject(place, sender, "ws-1", at)) != null;
    }

    private static Exercise.Subject subject(String place, String sender, String host, Instant at) {
        return new Exercise.Subject(List.of(place), List.of(sender), host, "corp\\alice", at);
    }

    private void offer(OrganisationEntry entry) {
        assertThat(table.offer(OrganisationTable.key(entry), entry)).isNull();
    }

    private @Nullable Integer criticality(String host) {
        return table.importance(AssetInventory.NONE, host, null).host().criticality();
    }

    private static OrganisationEntry host(String name, int criticality) {
        return OrganisationEntry.newBuilder()
                .setKind(EntryKind.HOST)
                .setNames(List.of(name))
                .setSource("test")
                .setCriticality(criticality)
                .build();
    }

    private static OrganisationEntry exercise(
            String name, List<String> places, List<String> hosts, @Nullable Instant until) {
        return OrganisationEntry.newBuilder()
                .setKind(EntryKind.EXERCISE)
                .setNames(List.of(name))
                .setSource("test")
                .setPlaces(places)
                .setHosts(hosts)
                .setFrom(DAY)
                .setUntil(until)
                .build();
    }
}
