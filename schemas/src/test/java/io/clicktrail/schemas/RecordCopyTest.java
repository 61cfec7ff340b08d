package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCopyTest {

    private final DomainRisk risk = DomainRisk.newBuilder()
            .setHost("evil.top")
            .setTenantKey("evil.top")
            .setSuffixKind(SuffixKind.ICANN)
            .setScore(42)
            .setBand(RiskBand.SUSPICIOUS)
            .setParts(List.of(new ScorePart("tld", 12, "much abused", null)))
            .setFirstSeen(Instant.parse("2026-11-01T00:00:00Z"))
            .build();

    @Test
    void aCopyHasAllValuesAndSharesTheParts() {
        DomainRisk copy = RecordCopy.of(risk).build();

        assertThat(copy).isEqualTo(risk).isNotSameAs(risk);
        assertThat(copy.getParts()).isSameAs(risk.getParts());
    }

    @Test
    void settingAFieldOfTheCopyLeavesTheOriginalAlone() {
        DomainRisk copy =
                RecordCopy.of(risk).set("score", 99).set("first_seen", null).build();

        assertThat(copy.getScore()).isEqualTo(99);
        assertThat(copy.getFirstSeen()).isNull();
        assertThat(risk.getScore()).isEqualTo(42);
    }

    @Test
    void aFieldThatTheRecordDoesNotHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCopy.of(risk).set("colour", "red"))
                .withMessage("DomainRisk has no field colour");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> RecordCopy.of(risk).set("score", "high")).isInstanceOf(ClassCastException.class);
    }
}
