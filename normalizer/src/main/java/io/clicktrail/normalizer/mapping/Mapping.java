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
 * @param signature what its records can be told by
 * @param kind what its records tell of
 * @param rules where the fields of the event come from
 */
public record Mapping(String name, Signature signature, EventKind kind, TimeRule time, List<Rule> rules) {

    public Mapping {
        rules = List.copyOf(rules);
    }

    /** What tells the records of a format from all others. */
    sealed interface Signature {

        /**
         * A JSON object with these values.
         *
         * @param values by path with dots the texts that may stand there; none for any
         */
        record Json(Map<String, Set<String>> values) implements Signature {
            public Json {
                values = Map.copyOf(values);
            }
        }

        /**
         * A line that begins with or contains a text, taken apart by the named groups of a pattern.
         *
         * @param isBeginning whether the text stands at the beginning of the line
         */
        record Line(String text, boolean isBeginning, Pattern pattern) implements Signature {}
    }

    /**
     * Where the event's time comes from.
     *
     * @param from sources in the order of their trust
     * @param format how it is written; null for the forms that are told by their shape
     * @param zone where the clock of a time without a zone stands; null for the topic's
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
            Target target,
            List<String> from,
            @Nullable String constant,
            @Nullable Pattern pattern) {
        Rule {
            from = List.copyOf(from);
        }
    }
}
