package io.clicktrail.engine;

import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.tuning.Catalogues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Settings of an engine. Engines whose settings were made of one another with {@link #with} share lists and formats,
 * which take most of a second to compile. They must not be used by two threads at once.
 *
 * @param services settings of the services by their full names, such as {@code clicktrail.enricher.learning}
 * @param catalogues the lists
 * @param shared what else engines share
 * @param slowest how far the reader of a topic between services may be behind, by the time of delivery; zero where
 *     nothing takes time. For trials of what that changes
 * @param stalls seed of when which reader is behind
 */
public record EngineSettings(
        Map<String, String> services, Catalogues catalogues, SharedParts shared, Duration slowest, long stalls) {

    /** What is found about a case while one record is delivered makes one revision of it. */
    private static final Map<String, String> DEFAULTS = Map.of("clicktrail.alerter.revision-delay", "1s");

    public EngineSettings {
        services = Map.copyOf(services);
    }

    /** Settings that share nothing but the lists with others yet. */
    public EngineSettings(Map<String, String> services, Catalogues catalogues) {
        this(services, catalogues, new SharedParts(), Duration.ZERO, 0);
    }

    /** The services' defaults, and the lists that ship with them. */
    public static EngineSettings defaults() {
        return new EngineSettings(Map.of(), Catalogues.bundled());
    }

    /**
     * The lists in a folder, each in place of the one that ships under its name.
     *
     * @throws IllegalArgumentException with file, line and reason where one is not what it should be
     */
    public static Catalogues lists(Path folder) throws IOException {
        return Catalogues.of(Lists.in(folder));
    }

    /** The same with more settings of services, which replace those of the same name. */
    public EngineSettings with(Map<String, String> more) {
        var all = new TreeMap<>(services);
        all.putAll(more);
        return new EngineSettings(all, catalogues, shared, slowest, stalls);
    }

    /** The same over topics whose readers stall now and then, at most for so long. */
    public EngineSettings stalling(Duration most, long seed) {
        return new EngineSettings(services, catalogues, shared, most, seed);
    }

    /**
     * The settings of one service.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException where one is not what it should be
     */
    <T> T of(String service, Class<T> type) {
        return shared.bound(type, services, () -> bind(service, type));
    }

    private <T> T bind(String service, Class<T> type) {
        var all = new TreeMap<>(DEFAULTS);
        all.putAll(services);
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate(
                        "clicktrail." + service,
                        Bindable.of(type),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
