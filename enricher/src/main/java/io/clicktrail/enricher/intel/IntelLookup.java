package io.clicktrail.enricher.intel;

import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the table of indicators about places and files as of a time. The answer depends on the indicators and the time
 * alone, not on the order in which they were listed.
 */
public final class IntelLookup {

    private static final int MAX_SOURCES = 8;
    private static final int MAX_LABELS = 16;

    private final IntelTable table;
    private final IntelWeights weight;

    public IntelLookup(IntelTable table, IntelWeights weight) {
        this.table = table;
        this.weight = weight;
    }

    /** Grows with every change of the table. */
    public long version() {
        return table.version();
    }

    public boolean isEmpty() {
        return table.isEmpty();
    }

    /** True where indicators name URLs of the host, so that {@link #ofPlace} needs the URL to find them. */
    public boolean knowsUrlsOf(String host) {
        return table.knowsUrlsOf(host);
    }

    /** True where any indicator, however old, names the host, what is above it, or a URL on it; rarely also else. */
    public boolean mayKnow(String host, String tenantKey) {
        if (table.isEmpty()) {
            return false;
        }
        if (table.knowsUrlsOf(host) || table.lists(IndicatorType.TENANT_KEY, tenantKey)) {
            return true;
        }
        String name = host;
        for (int labels = 0; labels < MAX_LABELS; labels++) {
            if (table.lists(IndicatorType.DOMAIN, name)) {
                return true;
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return false;
            }
            name = name.substring(dot + 1);
        }
        return false;
    }

    /**
     * The indicators that name a place, weightiest first.
     *
     * @param url canonical, null where it is not known
     * @param host name or canonical address
     * @param isAddress true where the host is an address
     */
    public List<IntelMatch> ofPlace(
            @Nullable String url, String host, String tenantKey, boolean isAddress, Instant time) {
        if (table.isEmpty()) {
            return List.of();
        }
        List<IntelMatch> matches = new ArrayList<>(2);
        if (url != null) {
            add(IndicatorType.URL, table.exactly(IndicatorType.URL, url), false, time, matches);
        }
        if (isAddress) {
            Indicator[] exact = table.exactly(IndicatorType.ADDRESS, host);
            add(IndicatorType.ADDRESS, exact, false, time, matches);
            add(IndicatorType.NETWORK, table.networkOf(host), true, time, matches);
        } else {
            add(IndicatorType.TENANT_KEY, table.exactly(IndicatorType.TENANT_KEY, tenantKey), false, time, matches);
            ofName(host, time, matches);
        }
        matches.sort((a, b) -> b.getFloor() - a.getFloor());
        return matches.isEmpty() ? List.of() : List.copyOf(matches);
    }

    /** The indicators that name a file, by its SHA-256 in lower-case hex. */
    public List<IntelMatch> ofFile(@Nullable String sha256, Instant time) {
        if (sha256 == null || table.isEmpty()) {
            return List.of();
        }
        Indicator[] listed = table.exactly(IndicatorType.SHA256, sha256);
        if (listed.length == 0) {
            return List.of();
        }
        List<IntelMatch> matches = new ArrayList<>(1);
        add(IndicatorType.SHA256, listed, false, time, matches);
        return List.copyOf(matches);
    }

    /** The greatest floor of matches; 0 where there are none. */
    public static int floor(List<IntelMatch> matches) {
        int floor = 0;
        for (int i = 0; i < matches.size(); i++) {
            floor = Math.max(floor, matches.get(i).getFloor());
        }
        return floor;
    }

    private void ofName(String host, Instant time, List<IntelMatch> matches) {
        String name = host;
        for (int labels = 0; labels < MAX_LABELS; labels++) {
            Indicator[] listed = table.exactly(IndicatorType.DOMAIN, name);
            if (listed.length > 0) {
                add(IndicatorType.DOMAIN, listed, labels > 0, time, matches);
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return;
            }
            name = name.substring(dot + 1);
        }
    }

    /** Several sources are surer together: what is left of the doubt of each is multiplied. */
    private void add(IndicatorType type, Indicator[] listed, boolean isBelow, Instant time, List<IntelMatch> matches) {
        double doubt = 1;
        double surest = 0;
        @Nullable Indicator best = null;
        List<String> sources = new ArrayList<>(1);
        @Nullable Instant latest = null;
        for (Indicator indicator : listed) {
            double confidence = weight.confidence(type, indicator.getConfidence(), indicator.getListed(), time);
            if (confidence < IntelWeights.MIN_CONFIDENCE || !time.isBefore(indicator.getExpires())) {
                continue;
            }
            doubt *= 1 - confidence / 100;
            sources.add(indicator.getSource());
            latest = latest == null || indicator.getListed().isAfter(latest) ? indicator.getListed() : latest;
            boolean surer = confidence > surest
                    || confidence == surest
                            && best != null
                            && indicator.getSource().compareTo(best.getSource()) < 0;
            if (surer) {
                best = indicator;
                surest = confidence;
            }
        }
        if (best == null || latest == null) {
            return;
        }
        double together = 100 * (1 - doubt);
        matches.add(new IntelMatch(
                type,
                best.getValue(),
                sources.stream().sorted().limit(MAX_SOURCES).toList(),
                best.getThreat(),
                Math.clamp(Math.round(together), 1, 100),
                weight.floor(type, together, isBelow),
                latest,
                best.getReference()));
    }
}
