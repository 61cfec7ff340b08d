package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.TuningCheck;
import io.clicktrail.schemas.tuning.TuningProblem;
import io.clicktrail.streams.topics.TuningListener;
import io.clicktrail.tuning.Tuning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The definitions in force, by platform; one for all threads of a process. */
public final class Definitions implements TuningListener {

    private final Map<Platform, ChainDefinition> definitions = new ConcurrentHashMap<>();

    /** With the built-in ones. */
    public Definitions() {
        for (var platform : Platform.values()) {
            reset(platform);
        }
    }

    /** The definition for a host: by its own platform, or while that is unknown by the evidence's. */
    ChainDefinition of(Platform host, Platform evidence) {
        return Objects.requireNonNull(definitions.get(host == Platform.UNKNOWN ? evidence : host));
    }

    @Override
    public List<String> offer(Tuning tuning) {
        List<TuningProblem> problems = TuningCheck.problems(tuning);
        if (problems.isEmpty()) {
            definitions.put(tuning.getPlatform(), ChainDefinition.of(tuning));
        }
        return problems.stream().map(TuningProblem::toString).toList();
    }

    @Override
    public void reset(Platform platform) {
        definitions.put(platform, ChainDefinition.builtIn(platform));
    }
}
