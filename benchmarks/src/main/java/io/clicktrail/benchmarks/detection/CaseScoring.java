package io.clicktrail.benchmarks.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cases held against labels.
 *
 * @param found hostile stories with the first of their cases
 * @param missed hostile stories without a case
 * @param falseCases cases that belong to no hostile story, with the label of the ordinary one or null
 * @param duplicates further cases of stories that have one
 */
record CaseScoring(
        Map<Label, Case> found, List<Label> missed, Map<Case, @Nullable Label> falseCases, List<Case> duplicates) {
    /** A chain may begin a little before the story's first line and go on for the longest window after its last. */
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private static final Duration AFTER = Duration.ofHours(2);

    static CaseScoring of(List<Label> labels, List<Case> cases) {
        var found = new HashMap<Label, Case>();
        var falseCases = new HashMap<Case, @Nullable Label>();
        var duplicates = new ArrayList<Case>();
        Set<Label> hostile = new HashSet<>();
        labels.stream().filter(Label::hostile).forEach(hostile::add);
        for (Case each :
                cases.stream().sorted(Comparator.comparing(Case::first)).toList()) {
            Label story = story(labels, each, true);
            if (story == null) {
                falseCases.put(each, story(labels, each, false));
            } else if (found.putIfAbsent(story, each) != null) {
                duplicates.add(each);
            }
        }
        List<Label> missed = labels.stream()
                .filter(label -> label.hostile() && !found.containsKey(label))
                .toList();
        return new CaseScoring(found, missed, falseCases, duplicates);
    }

    private static @Nullable Label story(List<Label> labels, Case found, boolean hostile) {
        return labels.stream()
                .filter(label -> label.hostile() == hostile && belongs(found, label))
                .findFirst()
                .orElse(null);
    }

    private static boolean belongs(Case found, Label label) {
        return isHost(found.host(), label)
                && !found.last().isBefore(label.from().minus(BEFORE))
                && !found.first().isAfter(label.to().plus(AFTER))
                && (label.marks().isEmpty() || label.marks().stream().anyMatch(found::names));
    }

    /** Whether a host key is the label's host, its address or its user. */
    static boolean isHost(String key, Label label) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.startsWith("ip:")) {
            return lower.equals("ip:" + label.address());
        }
        if (lower.startsWith("user:")) {
            String user = label.user().toLowerCase(Locale.ROOT);
            return !user.isEmpty() && lower.endsWith(user);
        }
        return Label.shortName(lower).equals(label.shortHost());
    }

    /**
     * A case in short.
     *
     * @param names all that it names, lower case, in one text
     * @param decision its score and the parts of it where it has them, and the reasons for its tier
     */
    record Case(
            String id,
            String host,
            Instant first,
            Instant last,
            int tier,
            String title,
            String names,
            String decision) {

        boolean names(String mark) {
            return names.contains(mark.toLowerCase(Locale.ROOT));
        }
    }
}
