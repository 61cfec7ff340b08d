package io.clicktrail.standalone;

import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known before the first record of recorded logs. */
final class ReferenceOptions {

    @Option(
            names = "--seen",
            paramLabel = "FILE",
            description = "Domains that are already known, one per line; they do not count as newly observed.")
    private @Nullable Path seen;

    @Option(
            names = "--intel",
            paramLabel = "FILE",
            description = {
                "Indicators: URLhaus CSV or JSON, PhishTank CSV, MISP event, STIX 2.1 bundle, or one per line;",
                "may be repeated."
            })
    private List<Path> intel = List.of();

    @Option(
            names = "--leases",
            paramLabel = "FILE",
            description = {
                "Hosts of addresses, users and names, in the format of 'clicktrail leases load'; may be repeated."
            })
    private List<Path> leases = List.of();

    @Option(
            names = "--assets",
            paramLabel = "FILE",
            description = {
                "Hosts, people, exercises and playbooks, in the formats of 'clicktrail assets load'; may be repeated."
            })
    private List<Path> assets = List.of();

    @Option(
            names = "--domain-history",
            paramLabel = "FILE",
            description = {
                "What others know of domains, in the formats of 'clicktrail domains history'; may be repeated."
            })
    private List<Path> histories = List.of();

    @Option(
            names = "--learning",
            paramLabel = "DURATION",
            description = {
                "Learning period from the first record on, in which no domain counts as newly observed; 0s for none",
                "(default: 0s with --seen, else 14d)."
            })
    private @Nullable Duration learning;

    /**
     * The tables.
     *
     * @param tuning document of one platform, null for the built-in ones
     */
    ReferenceData read(Catalogues catalogues, @Nullable Path tuning) throws UnreadableLogException {
        return ReferenceData.read(catalogues, tuning, seen, intel, leases)
                .withAssets(assets)
                .withHistories(catalogues, histories);
    }

    /** The files. */
    String inShort() throws UnreadableLogException {
        var text = new StringBuilder();
        for (Path file : Stream.of(seen == null ? List.<Path>of() : List.of(seen), intel, leases, assets, histories)
                .flatMap(List::stream)
                .toList()) {
            text.append('|').append(LogOptions.inShort(file));
        }
        return text.toString();
    }

    /** Settings of the services for the learning period. */
    Map<String, String> settings() {
        Duration chosen = learning == null && seen != null ? Duration.ZERO : learning;
        return chosen == null ? Map.of() : Map.of("clicktrail.enricher.learning", chosen.toString());
    }
}
