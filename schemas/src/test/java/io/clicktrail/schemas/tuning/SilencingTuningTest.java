package io.clicktrail.schemas.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SilencingTuningTest {

    @BeforeAll
    static void trustGeneratedTypes() {
        AvroSetup.install();
    }

    static Stream<UnaryOperator<Tuning.Builder>> silencing() {
        return Stream.of(
                document -> document.setDomainRiskScore(100),
                document -> document.setChainScore(95),
                document -> document.setTimeWindowMs(1),
                document -> document.setFollowOnMs(59_999),
                document -> document.setAllowedCdns(List.of(allowed("*.com", AllowScope.WHOLE_CHAIN))));
    }

    @ParameterizedTest
    @MethodSource("silencing")
    void whatSilencesAPlatformIsRefusedUnlessItIsForced(UnaryOperator<Tuning.Builder> change) {
        assertThat(TuningCheck.problems(changed(change).build())).hasSize(1);
        assertThat(TuningCheck.problems(changed(change).setForced(true).build()))
                .isEmpty();
        assertThat(SilencingTuning.problems(changed(change).setForced(true).build()))
                .hasSize(1);
    }

    @Test
    void noBuiltInTuningSilencesItsPlatform() {
        assertThat(BuiltInTuning.PLATFORMS)
                .allSatisfy(platform -> assertThat(SilencingTuning.problems(BuiltInTuning.of(platform)))
                        .isEmpty());
    }

    @Test
    void anAllowanceOfOneSiteSilencesNothing() {
        assertThat(SilencingTuning.problems(changed(document ->
                                document.setAllowedCdns(List.of(allowed("*.contoso.com", AllowScope.WHOLE_CHAIN))))
                        .build()))
                .isEmpty();
    }

    @Test
    void aFileThatSilencesIsRefusedWithLineAndReason() {
        String text = "platform: WINDOWS\nversion: '1'\nDomainRiskScore: 100\n";

        assertThat(TuningFile.parse("t.yaml", text, document -> List.of()))
                .isInstanceOfSatisfying(TuningResult.Invalid.class, refused -> {
                    assertThat(refused.line()).isEqualTo(3);
                    assertThat(refused.reason()).startsWith("DomainRiskScore: 100 is a threshold");
                });
        assertThat(TuningFile.parse("t.yaml", text, document -> List.of(), true))
                .isInstanceOfSatisfying(
                        TuningResult.Valid.class,
                        valid -> assertThat(valid.document().getForced()).isTrue());
    }

    private static Tuning.Builder changed(UnaryOperator<Tuning.Builder> change) {
        return change.apply(Tuning.newBuilder(BuiltInTuning.of(Platform.WINDOWS)));
    }

    private static AllowEntry allowed(String pattern, AllowScope scope) {
        return new AllowEntry(pattern, scope, "soc", "a test", Instant.parse("2030-01-01T00:00:00Z"));
    }
}
