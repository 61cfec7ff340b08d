package io.clicktrail.enricher;

import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.tuning.Tuning;
import java.util.Map;
import java.util.function.Consumer;

/** Tunings for tests: the built-in ones with changes. */
public final class TestTunings {

    public static final Catalogues CATALOGUES = Catalogues.bundled();

    static {
        trustGeneratedTypes();
    }

    private TestTunings() {}

    /** Lets Avro's builders load our enums, as the first serde of a service does. */
    static void trustGeneratedTypes() {
        new StateSerdes().of(Tuning.class);
    }

    /** The built-in tuning of a platform. */
    public static CompiledTuning builtIn(Platform platform) {
        return new TuningTable(CATALOGUES).of(platform);
    }

    /** The built-in tuning of Windows, changed. */
    public static CompiledTuning windows(Consumer<Tuning.Builder> change) {
        return of(Platform.WINDOWS, change);
    }

    /** The built-in tuning of a platform, changed. */
    public static CompiledTuning of(Platform platform, Consumer<Tuning.Builder> change) {
        var table = new TuningTable(CATALOGUES);
        var document = Tuning.newBuilder(table.of(platform).document());
        change.accept(document);
        var problems = table.offer(document.build());
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return table.of(platform);
    }

    /** An enrichment with these indicators, and no shared addresses. */
    public static Enrichment enrichment(IntelTable indicators) {
        return new Enrichment(
                CATALOGUES,
                intel(indicators),
                new DomainHistoryTable(1),
                SharedAddresses.of(Map.of()),
                AllowListListener.NONE);
    }

    /** These indicators with the weights that ship with the enricher. */
    public static IntelLookup intel(IntelTable indicators) {
        return new IntelLookup(indicators, CATALOGUES.domains().intelWeight());
    }

    public static DomainScorer judge() {
        return new DomainScorer(CATALOGUES.domains(), new UrlParser(CATALOGUES.extensions()));
    }
}
