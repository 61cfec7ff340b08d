package io.clicktrail.standalone;

import io.clicktrail.colocated.ColocationSettings;
import io.clicktrail.colocated.ColocationSettings.Events;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** In how many services the work is done. */
final class FormOptions {

    @Option(
            names = "--co-located",
            description = {
                "Runs normalizer and enricher as one service, in which most records end where they are parsed and no",
                "topic of events is written."
            })
    private boolean colocated;

    /** Settings of services with what is asked for. */
    Map<String, String> in(Map<String, String> settings) {
        if (!colocated) {
            return settings;
        }
        var all = new TreeMap<>(settings);
        all.putIfAbsent(ColocationSettings.EVENTS, Events.OFF.name());
        return all;
    }
}
