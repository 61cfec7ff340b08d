package io.clicktrail.standalone.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.identity.Lease;
import io.clicktrail.standalone.erasure.DataSubject.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSubjectTest {

    @ParameterizedTest
    @CsvSource({
        "HOST, ws-1.corp.example, WS-1.corp.example",
        "HOST, ws-1, ws-1",
        "USER, alice, alice",
        "USER, alice, user:alice",
        "USER, alice, CORP\\Alice",
        "USER, alice, C:\\Users\\alice\\Downloads\\a.exe",
        "USER, alice, /home/alice/a.sh",
        "USER, alice, /Users/Alice",
        "USER, alice@corp.example, Alice@corp.example",
        "USER, corp\\alice, CORP\\alice"
    })
    void isInAStringThatIsTheNameOrInItsHome(Kind kind, String name, String text) {
        assertThat(new DataSubject(kind, name).isIn(null, lease(text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "HOST, ws-1, ws-10",
        "HOST, ws-1, ws-1.corp.example",
        "HOST, ws, a ws b",
        "USER, al, alice",
        "USER, al, /home/alice/al",
        "USER, alice, alice@evil.example",
        "USER, corp\\alice, OTHER\\alice",
        "HOST, alice, CORP\\alice"
    })
    void isNotInAnotherName(Kind kind, String name, String text) {
        assertThat(new DataSubject(kind, name).isIn(null, lease(text))).isFalse();
    }

    @Test
    void isInTheKeyOfATableAlso() {
        var host = new DataSubject(Kind.HOST, "ws-1");

        assertThat(host.isIn("ws-1", null)).isTrue();
        assertThat(host.isIn(null, null)).isFalse();
    }

    @Test
    void thePseudonymDoesNotShowTheName() {
        assertThat(new DataSubject(Kind.USER, "Alice").pseudonym())
                .isEqualTo(new DataSubject(Kind.USER, "alice ").pseudonym())
                .matches("user sha256:[0-9a-f]{16}");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void noNameIsRefused(String name) {
        assertThatThrownBy(() -> new DataSubject(Kind.USER, name)).hasMessageContaining("1 to 255 characters");
    }

    private static Lease lease(String text) {
        return Lease.newBuilder()
                .setKey("ip:10.0.0.1")
                .setHost("other")
                .setFrom(Instant.EPOCH)
                .setDataset("test")
                .setUser(text)
                .build();
    }
}
