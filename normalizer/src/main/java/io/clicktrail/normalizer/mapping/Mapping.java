package io.clicktrail.normalizer.mapping;

import com.google.re2j.Pattern;
import io.clicktrail.event.EventKind;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One format of an operator's own, checked.
 *
 * @param name the format's and its dataset's name, with the prefix {@code own.}
 * @param signature how its records are recognised
 * @param kind what its records tell of
 * @param rules where the fields of the event come from
 */
public record Mapping(String name, Signature signature, EventKind kind, TimeRule time, List<Rule> rules) {

    public Mapping {
        rules = List.copyOf(rules);
    }

    /** How the records of a format are recognised. */
    sealed interface Signature {

        /**
         * A JSON object with these values.
         *
         * @param values by path with dots the accepted texts; none for any
         */
        record Json(Map<String, Set<String>> values) implements Signature {
            public Json {
                values = Map.copyOf(values);
            }
        }

        /**
         * A line that begins with or contains a text, taken apart by the named groups of a pattern.
         *
         * @param isBeginning whether the text is at the beginning of the line
         */
        record Line(String text, boolean isBeginning, Pattern pattern) implements Signature {}
    }

    /**
     * Where the event's time comes from.
     *
     * @param from sources in the order of their trust
     * @param format how it is written; null for the forms that are known by their shape
     * @param zone the time zone of a time that is written without one; null for the topic's
     */
    record TimeRule(
            List<String> from,
            @Nullable DateTimeFormatter format,
            @Nullable ZoneId zone) {
        TimeRule {
            from = List.copyOf(from);
        }
    }

    /**
     * Where one field comes from: a constant, or the first source that holds something, of which a pattern's first
     * group is taken.
     *
     * @param from paths with dots for JSON, names of groups for lines
     */
    record Rule(
            TargetField target,
            List<String> from,
            @Nullable String constant,
            @Nullable Pattern pattern) {
        Rule {
            from = List.copyOf(from);
        }
    }
}
