package io.clicktrail.alerter.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetInventoryTest {

    @ParameterizedTest
    @CsvSource({
        "srv-01.corp.example, srv-01.corp.example, true",
        "SRV-01.Corp.Example, srv-01.corp.example, true",
        "srv-01, srv-01.corp.example, false",
        "srv-*, srv-01.corp.example, true",
        "srv-*, ws-srv-01.corp.example, false",
        "*.lab.example, pc.lab.example, true",
        "*.lab.example, pc.lab.example.org, false",
        "*admin*, corp\\administrator, true",
        "*admin*, corp\\alice, false"
    })
    void aNameFitsWholeOrWithAStarAtItsEnds(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).fits(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "**", "a*b", "*a*b*"})
    void otherStarsAreRefused(String pattern) {
        assertThatThrownBy(() -> new NamePattern(pattern)).hasMessageContaining("must be");
    }

    @Test
    void theFirstEntryThatFitsCountsAsAWhole() {
        var assets = new AssetInventory(
                List.of(host("srv-01.corp.example", 5, null), host("srv-*", 4, HostAsset.Kind.SERVER)), List.of());

        assertThat(assets.host("srv-01.corp.example").criticality()).isEqualTo(5);
        assertThat(assets.host("srv-01.corp.example").kind()).isNull();
        assertThat(assets.host("srv-02.corp.example").kind()).isEqualTo(HostAsset.Kind.SERVER);
        assertThat(assets.host("ws-1.corp.example")).isEqualTo(HostAsset.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({", , , 100", "1, , , 80", "5, , , 120", "2, SERVER, , 110", ", LAPTOP, , 100", "1, , true, 110"})
    void riskGrowsWithWhatIsAtStake(Integer criticality, HostAsset.Kind kind, Boolean vip, int percent) {
        var importance = new AssetImportance(
                host("ws", criticality, kind), new PersonAsset(new NamePattern("alice"), null, vip, null));

        assertThat(importance.riskPercent()).isEqualTo(percent);
    }

    @Test
    void whoIsNotKnownHasNoStanding() {
        assertThat(AssetInventory.NONE.importance("ws", null)).isEqualTo(AssetImportance.UNKNOWN);
        assertThat(AssetImportance.UNKNOWN.reasons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void criticalityIsOneToFive(int criticality) {
        assertThatThrownBy(() -> host("ws", criticality, null)).hasMessageContaining("must be 1 to 5");
    }

    private static HostAsset host(String name, @Nullable Integer criticality, HostAsset.@Nullable Kind kind) {
        return new HostAsset(new NamePattern(name), criticality, kind, null, null);
    }
}
