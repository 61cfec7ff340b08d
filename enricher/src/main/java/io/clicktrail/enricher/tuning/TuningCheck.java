package io.clicktrail.enricher.tuning;

import io.clicktrail.enricher.domain.AllowList;
import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that a tuning document must keep, whichever way it came. */
final class TuningCheck {

    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);
    private static final int MAX_ENTRIES = 10_000;

    private TuningCheck() {}

    /** What is wrong with a document; empty where it may judge. */
    static List<String> problems(Tuning document, DomainCatalogue domains) {
        List<String> problems = new ArrayList<>();
        if (document.getPlatform() == Platform.UNKNOWN) {
            problems.add("platform: one of WINDOWS, LINUX, MACOS");
        }
        if (document.getVersion().isBlank()) {
            problems.add("version: must not be empty");
        }
        duration("TimeWindow", document.getTimeWindowMs(), 1, problems);
        duration("FollowOnWindow", document.getFollowOnMs(), 1, problems);
        duration("ClockSkew", document.getSkewMs(), 0, problems);
        duration("Grace", document.getGraceMs(), 0, problems);
        if (document.getDomainRiskScore() < 1 || document.getDomainRiskScore() > 100) {
            problems.add("DomainRiskScore: from 1 to 100");
        }
        for (AllowEntry entry : document.getAllowedCdns()) {
            String problem = problem(entry, domains);
            if (problem != null) {
                problems.add(problem);
            }
        }
        for (String domain : document.getOwnDomains()) {
            if (UrlParser.canonicalHost(domain) == null || domain.indexOf('.') < 0) {
                problems.add("OwnDomains: " + domain + " is no domain");
            }
        }
        int entries = document.getAllowedCdns().size()
                + document.getBrowserParents().size()
                + document.getUserPaths().size()
                + document.getSuspiciousTlds().size()
                + document.getHighRiskExtensions().size()
                + document.getOwnDomains().size()
                + document.getProtectedBrands().size();
        if (entries > MAX_ENTRIES) {
            problems.add("more than " + MAX_ENTRIES + " entries in all lists together");
        }
        return problems;
    }

    /** What is wrong with an allow-list entry; null where nothing is. */
    static @Nullable String problem(AllowEntry entry, DomainCatalogue domains) {
        if (entry.getOwner().isBlank() || entry.getReason().isBlank()) {
            return "AllowedCDNs: " + entry.getPattern() + " needs an owner and a reason";
        }
        String refusal = AllowList.refusal(entry.getPattern(), domains);
        return refusal == null ? null : "AllowedCDNs: " + entry.getPattern() + " " + refusal;
    }

    private static void duration(String name, long millis, long least, List<String> problems) {
        if (millis < least || millis > LONGEST_WINDOW.toMillis()) {
            problems.add(name + ": from " + Duration.ofMillis(least) + " to " + LONGEST_WINDOW);
        }
    }
}
