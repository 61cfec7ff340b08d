package io.clicktrail.enricher.evidence;

import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.FollowOn;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.process.FollowOnCatalogue;
import io.clicktrail.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The context facts of events that no event has shown lately: the same activity of the same parent counts again only
 * ten minutes of event time later, the same logon an hour later, a refused second factor a minute later. What was shown
 * is remembered for at most {@value #MAX_ACTIVITIES} activities and logons. Not safe for several threads.
 */
public final class RecentFacts {

    private static final Duration REPEAT = Duration.ofMinutes(10);
    private static final Duration REPEAT_LOGON = Duration.ofHours(1);
    private static final Duration REPEAT_DENIED = Duration.ofMinutes(1);
    private static final int MAX_ACTIVITIES = 20_000;

    private final LruCache<Object, Instant> shown = new LruCache<>(MAX_ACTIVITIES);

    /**
     * The facts of an event that are news; remembers them.
     *
     * @param key key of the event
     */
    public List<ContextFact> news(String key, Event event, FollowOnCatalogue followOns) {
        List<ContextFact> facts = ContextFacts.of(key, event, followOns);
        if (facts.isEmpty()) {
            return facts;
        }
        List<ContextFact> news = new ArrayList<>(facts.size());
        for (ContextFact fact : facts) {
            if (!isRepeated(fact)) {
                news.add(fact);
            }
        }
        return news;
    }

    private boolean isRepeated(ContextFact fact) {
        @Nullable FollowOn found = fact.getFollowOn();
        @Nullable Authentication logon = fact.getAuthentication();
        if (found != null) {
            return isRepeated(new Activity(fact.getHost(), found.getShown(), found.getParentEntityId()), fact, REPEAT);
        }
        return logon != null
                && isRepeated(
                        new Entry(fact.getHost(), fact.getDataset(), logon),
                        fact,
                        logon.getMfaDenied() ? REPEAT_DENIED : REPEAT_LOGON);
    }

    private boolean isRepeated(Object what, ContextFact fact, Duration span) {
        Instant last = shown.get(what);
        if (last != null && !fact.getTime().isBefore(last) && fact.getTime().isBefore(last.plus(span))) {
            return true;
        }
        shown.put(what, fact.getTime());
        return false;
    }

    private record Activity(
            @Nullable String host, String shown, @Nullable String parent) {}

    private record Entry(@Nullable String host, String dataset, Authentication logon) {}
}
