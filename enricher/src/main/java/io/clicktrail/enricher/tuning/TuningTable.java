package io.clicktrail.enricher.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.streams.topics.TuningListener;
import io.clicktrail.tuning.Tuning;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tuning in force for each platform: the built-in default until a valid document replaces it. One thread offers
 * documents, any number read.
 */
public final class TuningTable implements TuningListener {

    private final Catalogues catalogues;
    private volatile Map<Platform, CompiledTuning> inForce;

    public TuningTable(Catalogues catalogues) {
        this.catalogues = catalogues;
        Map<Platform, CompiledTuning> builtIn = new EnumMap<>(Platform.class);
        TuningFile.builtIn(catalogues)
                .forEach(document -> builtIn.put(document.getPlatform(), CompiledTuning.of(document, catalogues)));
        this.inForce = Map.copyOf(builtIn);
    }

    /** The lists behind the documents. */
    public Catalogues catalogues() {
        return catalogues;
    }

    /** What judges an event of a platform. Where the platform is not known, as in network logs, that of Windows. */
    public CompiledTuning of(Platform platform) {
        var all = inForce;
        var own = all.get(platform);
        return own != null ? own : Objects.requireNonNull(all.get(Platform.WINDOWS), "built-in tuning");
    }

    @Override
    public List<String> offer(Tuning document) {
        List<String> problems = TuningCheck.problems(document, catalogues.domains());
        if (problems.isEmpty()) {
            put(document.getPlatform(), CompiledTuning.of(document, catalogues));
        }
        return problems;
    }

    @Override
    public void reset(Platform platform) {
        TuningFile.builtIn(catalogues).stream()
                .filter(document -> document.getPlatform() == platform)
                .forEach(document -> put(platform, CompiledTuning.of(document, catalogues)));
    }

    private void put(Platform platform, CompiledTuning tuning) {
        Map<Platform, CompiledTuning> changed = new EnumMap<>(inForce);
        changed.put(platform, tuning);
        inForce = Map.copyOf(changed);
    }
}
