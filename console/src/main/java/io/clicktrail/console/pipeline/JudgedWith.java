package io.clicktrail.console.pipeline;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.ListVersion;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What cases are judged with: the tuning in force, and the lists as the latest case used each. */
public final class JudgedWith {

    private static final int MAX_LISTS = 200;
    private static final Pattern DATE = Pattern.compile("20\\d\\d-[01]\\d-[0-3]\\d");

    private final Map<String, ListUse> lists = new ConcurrentSkipListMap<>();
    private final Map<String, Tuning> tuning = new ConcurrentHashMap<>();
    private final Map<String, TuningUse> used = new ConcurrentHashMap<>();

    /** Version of the tuning of the latest case of a platform. @param at event time of that case */
    public record TuningUse(String version, Instant at) {}

    /**
     * A list.
     *
     * @param name what it says of a place or file
     * @param version as its author wrote it
     * @param usedAt event time of the latest case that it helped to judge
     */
    public record ListUse(String name, String version, Instant usedAt) {

        /** Days since the date in its version; empty where the version has none. */
        public OptionalLong days(Instant now) {
            Matcher date = DATE.matcher(version);
            try {
                return date.find()
                        ? OptionalLong.of(ChronoUnit.DAYS.between(
                                LocalDate.parse(date.group()), LocalDate.ofInstant(now, ZoneOffset.UTC)))
                        : OptionalLong.empty();
            } catch (DateTimeParseException e) {
                return OptionalLong.empty();
            }
        }
    }

    /** Takes what a case was judged with. */
    public void put(Alert alert) {
        used.merge(
                alert.getDevice().getPlatform().name(),
                new TuningUse(alert.getTuning().getVersion(), alert.getUpdatedTime()),
                (known, next) -> next.at().isBefore(known.at()) ? known : next);
        for (ListVersion list : alert.getTuning().getLists()) {
            if (lists.size() < MAX_LISTS || lists.containsKey(list.getName())) {
                lists.merge(
                        list.getName(),
                        new ListUse(list.getName(), list.getVersion(), alert.getUpdatedTime()),
                        (known, next) -> next.usedAt().isBefore(known.usedAt()) ? known : next);
            }
        }
    }

    /** Takes the tuning of a platform; null where it was withdrawn. */
    public void tuning(String platform, @Nullable Tuning document) {
        if (document == null) {
            tuning.remove(platform);
        } else {
            tuning.put(platform, document);
        }
    }

    /** The lists by name. */
    public List<ListUse> lists() {
        return List.copyOf(lists.values());
    }

    /** The tuning of a platform; null where the built-in values are in force. */
    public @Nullable Tuning tuning(String platform) {
        return tuning.get(platform);
    }

    /** The tuning that the latest case of a platform was judged with; null where it has no case. */
    public @Nullable TuningUse used(String platform) {
        return used.get(platform);
    }
}
