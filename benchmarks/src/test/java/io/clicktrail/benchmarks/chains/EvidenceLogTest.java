package io.clicktrail.benchmarks.chains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.clicktrail.evidence.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceLogTest {

    private static final int PIECES = 3_000;
    private static final int HOSTS = 50;

    @Test
    void holdsEveryStageInOrderOfTimeAndAsThinAsAUsualLog() throws IOException {
        List<EvidenceArrival> written = new ArrayList<>();
        var log = new EvidenceLog(HOSTS, 1);

        log.write(PIECES, written::add);

        assertThat(log.written()).isEqualTo(written.size()).isGreaterThanOrEqualTo(PIECES);
        assertThat(written).extracting(EvidenceArrival::at).isSorted();
        assertThat(written)
                .flatExtracting(each -> each.evidence().getRoles())
                .contains(Role.CLICK, Role.EGRESS, Role.WRITE, Role.EXECUTION);
        var span = Duration.ofMillis(log.last() - written.getFirst().at());
        double hoursOfAHost = (double) span.toMinutes() / 60 * HOSTS;
        assertThat(written.size() / hoursOfAHost).as("pieces an hour of a host").isBetween(2.0, 10.0);
        assertThat(log.completedInTheLast(span.toMillis()))
                .as("chains, one in eight scenarios, of which there are three an hour")
                .isCloseTo(Math.round(hoursOfAHost * 3 / 8), withinPercentage(25));
    }

    @Test
    void aPieceElsewhereIsNoPartOfAnyChainAndLater() throws IOException {
        List<EvidenceArrival> written = new ArrayList<>();
        new EvidenceLog(1, 1).write(1, written::add);

        var later = written.getFirst().elsewhere("end.example", Duration.ofDays(2));

        assertThat(later.at()).isEqualTo(later.evidence().getEvent().getTime().toEpochMilli());
        assertThat(Duration.ofMillis(later.at() - written.getFirst().at())).isEqualTo(Duration.ofDays(2));
        assertThat(later.evidence().getHost()).isEqualTo("end.example");
        assertThat(later.evidence().getRoles()).containsExactly(Role.LINEAGE);
        assertThat(written.getFirst().evidence().getHost()).isNotEqualTo("end.example");
    }

    @Test
    void aMatchIsTheSameAfterItsTextWasRead() {
        var match = new ChainMatch(
                "ws-1.corp.example",
                Instant.parse("2026-10-14T09:12:07Z"),
                Instant.parse("2026-10-14T09:13:20.642Z"),
                "Evil.example C:\\Users\\a\\Invoice.js\twscript.exe");

        assertThat(ChainMatch.of(match.text())).isEqualTo(match);
        assertThat(match.names()).contains("evil.example", "invoice.js wscript.exe");
    }
}
