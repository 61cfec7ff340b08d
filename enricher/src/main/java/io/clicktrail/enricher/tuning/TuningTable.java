package io.clicktrail.enricher.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningCheck;
import io.clicktrail.schemas.tuning.TuningProblem;
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
        BuiltInTuning.PLATFORMS.forEach(
                platform -> builtIn.put(platform, CompiledTuning.of(BuiltInTuning.of(platform), catalogues)));
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
        List<TuningProblem> problems = TuningCheck.problems(document, catalogues.rules());
        if (problems.isEmpty()) {
            put(document.getPlatform(), CompiledTuning.of(document, catalogues));
        }
        return problems.stream().map(TuningProblem::toString).toList();
    }

    @Override
    public void reset(Platform platform) {
        if (BuiltInTuning.PLATFORMS.contains(platform)) {
            put(platform, CompiledTuning.of(BuiltInTuning.of(platform), catalogues));
        }
    }

    private void put(Platform platform, CompiledTuning tuning) {
        Map<Platform, CompiledTuning> changed = new EnumMap<>(inForce);
        changed.put(platform, tuning);
        inForce = Map.copyOf(changed);
    }
}
