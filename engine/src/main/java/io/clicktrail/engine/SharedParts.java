package io.clicktrail.engine;

import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.parse.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What engines make once of the same settings: the settings in their types, the formats of raw records compiled. */
public final class SharedParts {

    private final Map<Bound, Object> bound = new HashMap<>();
    private final Map<NormalizerSettings, Normalizer> normalizers = new HashMap<>();

    private record Bound(Class<?> type, Map<String, String> settings) {}

    <T> T bound(Class<T> type, Map<String, String> settings, Supplier<T> bind) {
        return type.cast(bound.computeIfAbsent(new Bound(type, settings), absent -> bind.get()));
    }

    /** @throws IllegalArgumentException where a setting is not what it should be */
    Normalizer normalizer(NormalizerSettings settings) {
        return normalizers.computeIfAbsent(
                settings, absent -> NormalizerTopology.normalizers(absent).get());
    }
}
