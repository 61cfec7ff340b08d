package io.clicktrail.console.queue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a page of the queue shows; all of it is in the page's address. An empty text selects everything.
 *
 * @param q words that must all be in the case
 * @param state open, closed or all
 * @param due overdue, soon (overdue or to be acknowledged within the hour) or acknowledged
 * @param after key after which the page starts
 */
public record QueueQuery(
        String q,
        String state,
        String due,
        String tier,
        String severity,
        String platform,
        String host,
        String user,
        String domain,
        String campaign,
        String after) {

    private static final int MAX_TEXT = 300;
    private static final int MAX_WORDS = 8;
    private static final Duration SOON = Duration.ofHours(1);

    /** The query of an address. Unknown parameters are ignored, long ones are cut. */
    public static QueueQuery of(Map<String, String> parameters) {
        return new QueueQuery(
                text(parameters, "q"),
                text(parameters, "state"),
                text(parameters, "due"),
                text(parameters, "tier"),
                text(parameters, "severity"),
                text(parameters, "platform"),
                text(parameters, "host"),
                text(parameters, "user"),
                text(parameters, "domain"),
                text(parameters, "campaign"),
                text(parameters, "after"));
    }

    /** Whether a row is part of it at a time. */
    public boolean selects(CaseRow row, Instant now) {
        boolean inState = state.equals("all") || (state.equals("closed") == row.closed());
        return inState
                && isDue(row, now)
                && is(tier, Integer.toString(row.tier()))
                && is(severity, row.severity().name().toLowerCase(Locale.ROOT))
                && is(platform, row.platform())
                && is(host, row.host())
                && is(user, row.user())
                && is(domain, row.domain())
                && is(campaign, row.campaign())
                && words().stream().allMatch(row.words()::contains);
    }

    /** Names that all its rows share, as the queue's index has them. */
    List<String> names() {
        var names = new ArrayList<String>();
        Map.of("host", host, "user", user, "domain", domain, "campaign", campaign)
                .forEach((kind, value) -> {
                    if (!value.isEmpty()) {
                        names.add(kind + ":" + value);
                    }
                });
        return names;
    }

    /** The filters by a name, to be shown with a way to remove them. */
    public Map<String, String> filters() {
        var filters = new LinkedHashMap<String, String>();
        for (String name : List.of("host", "user", "domain", "campaign")) {
            String value = parameters().getOrDefault(name, "");
            if (!value.isEmpty()) {
                filters.put(name, value);
            }
        }
        return filters;
    }

    /** The address of this query with one parameter changed, on its first page. */
    public String with(String name, String value) {
        Map<String, String> changed = parameters();
        changed.remove("after");
        changed.put(name, value);
        var address = new StringBuilder();
        changed.forEach((key, text) -> {
            if (!text.isEmpty()) {
                address.append(address.isEmpty() ? '?' : '&')
                        .append(key)
                        .append('=')
                        .append(URLEncoder.encode(text, StandardCharsets.UTF_8));
            }
        });
        return "/" + address;
    }

    private Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        all.put("q", q);
        all.put("state", state);
        all.put("due", due);
        all.put("tier", tier);
        all.put("severity", severity);
        all.put("platform", platform);
        all.put("host", host);
        all.put("user", user);
        all.put("domain", domain);
        all.put("campaign", campaign);
        all.put("after", after);
        return all;
    }

    private List<String> words() {
        return q.isBlank()
                ? List.of()
                : List.of(q.strip().toLowerCase(Locale.ROOT).split("\\s+", MAX_WORDS));
    }

    private boolean isDue(CaseRow row, Instant now) {
        Instant at = row.due();
        return switch (due) {
            case "overdue" -> at != null && !at.isAfter(now);
            case "soon" -> at != null && !at.isAfter(now.plus(SOON));
            case "acknowledged" -> row.acknowledged();
            default -> true;
        };
    }

    private static boolean is(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static String text(Map<String, String> parameters, String name) {
        String text = parameters.getOrDefault(name, "");
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
