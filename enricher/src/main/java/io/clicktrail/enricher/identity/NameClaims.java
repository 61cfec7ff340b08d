package io.clicktrail.enricher.identity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which machine a short host name belongs to where several machines have claimed it. */
public final class NameClaims {

    private NameClaims() {}

    /**
     * The machine of an event that names its host by a short name.
     *
     * @param key the short name
     * @param claimed what was claimed of it
     * @param domain DNS or Windows domain of the event's host, null where the event does not say
     */
    public static HostResolution.Known machine(String key, HostResolution claimed, @Nullable String domain) {
        return switch (claimed) {
            case HostResolution.Unknown unknown -> new HostResolution.Known(key, List.of(), null, null);
            case HostResolution.Known known -> known.others().isEmpty() ? known : oneOf(key, known, domain);
        };
    }

    private static HostResolution.Known oneOf(String key, HostResolution.Known known, @Nullable String domain) {
        List<String> all = new ArrayList<>(known.others());
        all.add(known.host());
        List<String> inDomain = domain == null
                ? List.of()
                : all.stream()
                        .filter(HostNames::isQualified)
                        .filter(name -> HostNames.isIn(name, domain))
                        .toList();
        return inDomain.size() == 1
                ? new HostResolution.Known(inDomain.getFirst(), List.of(), null, null)
                : new HostResolution.Known(key, all.stream().sorted().toList(), null, null);
    }
}
