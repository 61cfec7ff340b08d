package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The host of a JSON record that names none itself: a collector that reads a file of such records writes its own host
 * into the record or around it. Of these formats alone, as elsewhere the same members mean something else.
 *
 * <p><b>Source.</b> Elastic Common Schema {@code host.name}, {@code host.hostname} and {@code agent.hostname}
 * (Filebeat, Elastic Agent); {@code host} of Vector, Cribl and Splunk; {@code hostname} of Fluent Bit's and rsyslog's
 * documentation; {@code Hostname} of NXLog; {@code _HOSTNAME} of journald.
 */
public final class CollectorHost {

    private static final String[] MEMBERS = {
        "host.name", "host.hostname", "host", "hostname", "Hostname", "_HOSTNAME", "agent.hostname"
    };

    private final int[] slots;

    public CollectorHost(JsonPaths paths) {
        slots = Arrays.stream(MEMBERS).mapToInt(paths::field).toArray();
    }

    /** What the record's own members say, else the envelope; null where neither says anything. */
    public @Nullable String of(JsonFields document, RecordContext context) {
        for (int slot : slots) {
            String host = Placeholders.absent(document.get(slot));
            if (host != null) {
                return host;
            }
        }
        return context.metadata().host();
    }
}
