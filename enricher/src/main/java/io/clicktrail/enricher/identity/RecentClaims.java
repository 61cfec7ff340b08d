package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.event.Host;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims that events make and that no event has made lately: the same claim counts again only after ten minutes of
 * event time, the names of a host after an hour. What was claimed is remembered for at most {@value #MAX_CLAIMS} leases
 * and {@value #MAX_HOSTS} hosts. Not safe for several threads.
 */
public final class RecentClaims {

    /** No host has a blank in its name. */
    private static final String USER_AT = "user ";

    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration REFRESH_NAMES = Duration.ofHours(1);
    private static final int MAX_CLAIMS = 50_000;
    private static final int MAX_HOSTS = 20_000;

    private final SharedAddresses shared;
    private final LruCache<Claim, Instant> published = new LruCache<>(MAX_CLAIMS);
    private final LruCache<Claim, Instant> named = new LruCache<>(MAX_HOSTS);

    /** @param shared addresses that are several hosts' at once, of which no claim counts */
    public RecentClaims(SharedAddresses shared) {
        this.shared = shared;
    }

    /** The claims of an event that are news; remembers them. */
    public List<Lease> news(Event event) {
        List<Lease> news = List.of();
        for (Lease lease : LeaseClaims.of(event)) {
            if (isNews(lease) && !isShared(lease.getKey())) {
                news = with(news, lease);
            }
        }
        if (event.getTimeQuality() != TimeQuality.SUSPECT && isDue(event)) {
            for (Lease name : LeaseClaims.names(event)) {
                news = with(news, name);
            }
        }
        return news;
    }

    private static List<Lease> with(List<Lease> news, Lease lease) {
        List<Lease> more = news.isEmpty() ? new ArrayList<>(2) : news;
        more.add(lease);
        return more;
    }

    private boolean isShared(String key) {
        return key.startsWith(LeaseClaims.ADDRESS)
                && shared.kindOf(key.substring(LeaseClaims.ADDRESS.length())) != null;
    }

    /** The names of a host change slowly, but each source knows others. */
    private boolean isDue(Event event) {
        @Nullable String name = LeaseClaims.named(event);
        if (name == null) {
            return false;
        }
        @Nullable Host host = event.getHost();
        var known = new Claim(host == null || host.getId() == null ? name : host.getId(), name);
        Instant time = event.getTime();
        Instant last = named.get(known);
        if (last != null && !isApart(last, time, REFRESH_NAMES)) {
            return false;
        }
        named.put(known, time);
        return true;
    }

    private boolean isNews(Lease lease) {
        var claim =
                new Claim(lease.getKey(), LeaseClaims.isPresence(lease) ? USER_AT + lease.getUser() : lease.getHost());
        Instant last = published.get(claim);
        boolean news = lease.getUntil() != null || last == null || isApart(last, lease.getFrom(), REFRESH);
        if (news) {
            published.put(claim, lease.getFrom());
        }
        return news;
    }

    /** To the second, as this is asked of every event. */
    private static boolean isApart(Instant last, Instant time, Duration span) {
        return Math.abs(time.getEpochSecond() - last.getEpochSecond()) >= span.getSeconds();
    }

    private record Claim(String key, String host) {}
}
