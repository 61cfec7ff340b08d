package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The definitions in force, by platform; one for all threads of a process. */
public final class Definitions {

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

    /** Puts a document in force, or says why not. */
    Optional<String> offer(Tuning tuning) {
        return switch (ChainDefinition.compile(tuning)) {
            case ChainDefinition.Compiled compiled -> {
                definitions.put(tuning.getPlatform(), compiled.definition());
                yield Optional.empty();
            }
            case ChainDefinition.Refused refused -> Optional.of(refused.reason());
        };
    }

    /** Puts the built-in definition of a platform back in force. */
    void reset(Platform platform) {
        definitions.put(platform, ChainDefinition.builtIn(platform));
    }
}
