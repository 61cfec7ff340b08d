package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFingerprintTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "corp\\anna,corp\\ben,true",
                "corp\\anna,ben,true",
                "anna@corp.example,ben@corp.example,true",
                "501,502,true",
                "s-1-5-21-1-1001,s-1-5-21-1-1002,true",
                "corp\\anna,corp\\anna,false",
                "corp\\anna,anna,false",
                "anna,501,false",
                "anna,anna.berg@corp.example,false",
                "corp\\anna,s-1-5-21-1-1001,false",
                "anna,-,false",
                "-,-,false"
            })
    void comparesOnlyNamesOfOneKind(String one, String other, boolean different) {
        assertThat(UserFingerprint.areDifferent(UserFingerprint.of(one), UserFingerprint.of(other)))
                .isEqualTo(different);
        assertThat(UserFingerprint.areDifferent(UserFingerprint.of(other), UserFingerprint.of(one)))
                .isEqualTo(different);
    }
}
