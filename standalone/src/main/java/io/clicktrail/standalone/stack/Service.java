package io.clicktrail.standalone.stack;

import io.clicktrail.alerter.AlerterApplication;
import io.clicktrail.colocated.ColocatedApplication;
import io.clicktrail.colocated.ColocationSettings;
import io.clicktrail.colocated.ColocationSettings.Events;
import io.clicktrail.correlator.CorrelatorApplication;
import io.clicktrail.enricher.EnricherApplication;
import io.clicktrail.normalizer.NormalizerApplication;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A service of the suite, in the order of the pipeline. */
public enum Service {
    NORMALIZER(NormalizerApplication.class),
    ENRICHER(EnricherApplication.class),
    CORRELATOR(CorrelatorApplication.class),
    ALERTER(AlerterApplication.class);

    private final Class<?> application;

    Service(Class<?> application) {
        this.application = application;
    }

    /** The services that run with these settings; the enricher does the normalizer's work where both are one. */
    public static Set<Service> in(Map<String, String> settings) {
        return ColocationSettings.isIn(settings) ? EnumSet.range(ENRICHER, ALERTER) : EnumSet.allOf(Service.class);
    }

    /** The service that reads raw logs with these settings. */
    public static Service normalizing(Map<String, String> settings) {
        return ColocationSettings.isIn(settings) ? ENRICHER : NORMALIZER;
    }

    /** Its Spring Boot application. */
    public Class<?> application() {
        return application;
    }

    /** The same with these settings. */
    public Class<?> application(Map<String, String> settings) {
        return this == ENRICHER && ColocationSettings.isIn(settings) ? ColocatedApplication.class : application;
    }

    /** Name for people and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group under which its consumers commit, which is its application id. */
    public String group() {
        return Topics.DEFAULT_PREFIX + "-" + label();
    }

    /** Names of the topics whose records it must have read before all that is known of them has been said. */
    public Set<String> sources(Topics topics) {
        List<? extends Topic<?, ?>> sources = switch (this) {
            case NORMALIZER -> topics.raw();
            // The enricher reads the leases and domains that it writes.
            case ENRICHER -> List.of(topics.events(), topics.identities(), topics.domains());
            case CORRELATOR -> List.of(topics.evidence(), topics.coverage());
            case ALERTER -> List.of(topics.detections(), topics.context(), topics.soarFeedback());
        };
        return sources.stream().map(Topic::name).collect(Collectors.toSet());
    }

    /** The same with these settings. */
    public Set<String> sources(Topics topics, Map<String, String> settings) {
        Set<String> sources = sources(topics);
        if (this != ENRICHER || !ColocationSettings.isIn(settings)) {
            return sources;
        }
        var all = new HashSet<>(sources);
        all.addAll(NORMALIZER.sources(topics));
        if (!Events.RELEVANT.name().equalsIgnoreCase(settings.get(ColocationSettings.EVENTS))) {
            all.remove(topics.events().name());
            all.add(topics.eventsRelevant().name());
        }
        return all;
    }

    /** The services from the first of the pipeline to this one. */
    public Set<Service> andThoseBefore() {
        return EnumSet.range(NORMALIZER, this);
    }

    /** Location of the service's {@code application.yaml}. */
    public String settings() {
        return settingsOf(application);
    }

    /**
     * Location of the {@code application.yaml} of an application. All have the same name on one class path, so it is
     * taken from where the application's classes are.
     */
    public static String settingsOf(Class<?> application) {
        try {
            Path home = Path.of(application
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return home.toString().endsWith(".jar")
                    ? "jar:" + home.toUri() + "!/application.yaml"
                    : home.resolve("application.yaml").toUri().toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
