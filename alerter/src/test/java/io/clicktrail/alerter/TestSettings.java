package io.clicktrail.alerter;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of the tests' organisation. */
public final class TestSettings {

    private TestSettings() {}

    /** The defaults, and what a test needs beside them, by key below {@code clicktrail.alerter}. */
    public static AlerterSettings with(Map<String, String> others) {
        var properties = new HashMap<String, String>();
        properties.put("clicktrail.alerter.tenant-id", "corp");
        properties.put("clicktrail.alerter.organisation-name", "Example Corp");
        properties.put("clicktrail.alerter.source-id", "test");
        others.forEach((key, value) -> properties.put("clicktrail.alerter." + key, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("clicktrail.alerter", AlerterSettings.class);
    }
}
