package io.clicktrail.enricher.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void datesEveryListThatShips() {
        assertThat(Catalogues.bundled().dates()).hasSize(Lists.Name.values().length + 1);
        assertThat(Catalogues.bundled().dates().get(Lists.PUBLIC_SUFFIXES))
                .isEqualTo(Instant.parse("2026-11-15T00:00:00Z"));
    }

    @Test
    void judgesByTheOperatorsWeightsAndNamesTheirDate() throws IOException {
        String changed = bundled("domain/weights-2026-11.csv")
                .replace("version: 2026-11-29", "version: 2027-01-02")
                .replace("PART;risky_extension;6", "PART;risky_extension;17");
        write("weights-2027-01.csv", changed);
        ScorePart part = judged("https://example.com/a.exe", Catalogues.of(Lists.in(folder))).getParts().stream()
                .filter(scored -> scored.getName().equals("risky_extension"))
                .findFirst()
                .orElseThrow();
        assertThat(part.getPoints()).isEqualTo(17);
        assertThat(part.getListVersion()).isEqualTo("2027-01-02");
    }

    @Test
    void splitsNamesByTheOperatorsPublicSuffixes() throws IOException {
        write(Lists.PUBLIC_SUFFIXES, """
                // VERSION: 2027-02-01_00-00-00_UTC
                // ===BEGIN ICANN DOMAINS===
                com
                // ===END ICANN DOMAINS===
                // ===BEGIN PRIVATE DOMAINS===
                shared.example.com
                // ===END PRIVATE DOMAINS===
                """);
        Catalogues catalogues = Catalogues.of(Lists.in(folder));
        assertThat(judged("https://a.b.shared.example.com/", catalogues).getTenantKey())
                .isEqualTo("b.shared.example.com");
        assertThat(catalogues.dates().get(Lists.PUBLIC_SUFFIXES)).isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosting.csv|# version: 2027-01-01~TUNNELS;a.example|hosting.csv:2: column 1 is "
                        + "'TUNNELS' but must be one of",
                "hosting.csv|# version: January~TUNNEL;a.example|hosting.csv:1: version is 'January' but "
                        + "must be a date",
                "hosting.csv|TUNNEL;a.example|hosting.csv: no header line",
                "hosting.csv|# version: 2027-01-01|hosting.csv: no rows",
                "tld-risk.csv|# version: 2027-01-01~top,T2,much,2027-01-01,a|tld-risk.csv:2: column 3 is "
                        + "'much' but must be a number",
                "tld-risk.csv|# version: 2027-01-01~top,T2|tld-risk.csv:2: has no column 5",
                "path-tenants.csv|# version: 2027-01-01~a.com;PATH;0;|path-tenants.csv:2: column 3 is "
                        + "'0' but must be a whole number from 1 to 16",
                "weights.csv|# version: 2027-01-01~PART;popular;5|weights.csv:2: column 3 is '5' but "
                        + "must be a whole number from -100 to 0",
                "weights.csv|# version: 2027-01-01~PART;tunnel;5~PART;tunnel;6|weights.csv:3: is in line 2 already",
                "weights.csv|# version: 2027-01-01~PART;tunnel;5|weights.csv: no row PART;tld",
                "intel-weights.csv|# version: 2027-01-01~URL;3;90;90|intel-weights.csv: no row",
                "public_suffix_list.dat|com|public_suffix_list.dat: not a public suffix list",
                "hostings.csv|# version: 2027-01-01|hostings.csv: no list has this name"
            })
    void namesFileLineAndReasonOfWhatIsWrong(String file, String content, String message) throws IOException {
        write(file, content.replace('~', '\n') + "\n");
        assertThatThrownBy(() -> Catalogues.of(Lists.in(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoFilesOfOneList() throws IOException {
        write("hosting.csv", "# version: 2027-01-01\nTUNNEL;a.example\n");
        write("hosting-2027-01.csv", "# version: 2027-01-01\nTUNNEL;a.example\n");
        assertThatThrownBy(() -> Lists.in(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the same list");
    }

    private static DomainRisk judged(String url, Catalogues catalogues) {
        var judge = new DomainScorer(catalogues.domains(), new UrlParser(catalogues.extensions()));
        return Objects.requireNonNull(judge.url(
                url, NOON, new TuningTable(catalogues).of(Platform.WINDOWS).domains()));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    private static String bundled(String path) throws IOException {
        try (var in =
                Objects.requireNonNull(ListsTest.class.getResourceAsStream("/io/clicktrail/enricher/" + path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
