package io.clicktrail.benchmarks.detection;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The ground truth of one story on a labelled day, ours or somebody else's: who, when, where, and the case it should
 * be.
 *
 * @param tier that an alert should have, 0 for ordinary stories, which should have none
 * @param host short or qualified name
 * @param address of the host, empty where unknown
 * @param user mail address or account name, empty where unknown
 * @param marks names of which a case about the story holds one; empty where host and time say enough
 * @param kind name of the kind
 * @param place kind of the place
 * @param half which half of the kinds it belongs to
 * @param sensors what watches the host
 * @param stages that the logs show
 */
record Label(
        int tier,
        String host,
        String address,
        String user,
        Instant from,
        Instant to,
        List<String> marks,
        String platform,
        String kind,
        String place,
        String half,
        String sensors,
        String stages) {

    Label {
        marks = List.copyOf(marks);
    }

    boolean hostile() {
        return tier > 0;
    }

    /** Host name without its domain, lower case. */
    String shortHost() {
        return shortName(host);
    }

    static String shortName(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return dot < 0 || lower.startsWith("ip:") ? lower : lower.substring(0, dot);
    }
}
