package io.clicktrail.standalone.stack;

import io.clicktrail.alerter.AlerterApplication;
import io.clicktrail.correlator.CorrelatorApplication;
import io.clicktrail.enricher.EnricherApplication;
import io.clicktrail.normalizer.NormalizerApplication;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

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

    /** Its Spring Boot application. */
    public Class<?> application() {
        return application;
    }

    /** Name for people and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group under which its consumers commit, which is its application id. */
    public String group() {
        return "clicktrail-" + label();
    }

    /**
     * Location of the service's {@code application.yaml}. All four have the same name on one class path, so it is taken
     * from where the service's classes are.
     */
    public String settings() {
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
