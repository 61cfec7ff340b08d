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
         * A line that begins with one of some texts and contains one of others, taken apart by the named groups of a
         * pattern, or into pairs of keys and values.
         *
         * @param begins none for any
         * @param contains none for any
         * @param pattern null for pairs
         * @param isWhole whether the pattern is part of the signature; else a line that it does not match is rejected
         */
        record Line(
                List<String> begins,
                List<String> contains,
                @Nullable TextPattern pattern,
                boolean isWhole) implements Signature {
            public Line {
                begins = List.copyOf(begins);
                contains = List.copyOf(contains);
            }
        }
    }

    /**
     * Where the event's time comes from.
     *
     * @param from sources in the order of their trust
     * @param format how it is written; null for the forms that are known by their shape
     * @param zone the time zone of a time that is written without one; null for the topic's
     * @param zoneFrom where the record names its zone; empty where it does not
     * @param isJoined whether the sources are parts of one text, with blanks between them
     */
    record TimeRule(
            List<String> from,
            @Nullable DateTimeFormatter format,
            @Nullable ZoneId zone,
            List<String> zoneFrom,
            boolean isJoined) {

        /** No time in the record: that of its envelope holds, or of its delivery. */
        static final TimeRule NONE = new TimeRule(List.of(), null, null, List.of(), false);

        TimeRule {
            from = List.copyOf(from);
            zoneFrom = List.copyOf(zoneFrom);
        }
    }

    /**
     * Where one field comes from: a constant, or the first source that holds something, of which a pattern's first
     * group is taken.
     *
     * @param from paths with dots for JSON, names of groups or keys for lines
     * @param values what a text means; a text that is not among them is left out, unless there are none
     * @param join what is put between the sources where they are parts of one text; null where they are choices
     */
    record Rule(
            TargetField target,
            List<String> from,
            @Nullable String constant,
            @Nullable TextPattern pattern,
            Map<String, String> values,
            @Nullable String join,
            Decoding decoding) {
        Rule {
            from = List.copyOf(from);
            values = Map.copyOf(values);
        }

        /** The value that a text stands for; null where it says nothing. */
        @Nullable
        String value(@Nullable String text) {
            String part = pattern == null || text == null ? text : pattern.part(text);
            String plain = part == null ? null : decoding.decode(part);
            return plain == null || values.isEmpty() ? plain : values.get(plain);
        }
    }

    /** How a text is written. */
    enum Decoding {
        /** As it is. */
        PLAIN,
        /** The labels of a domain name, each with its length before it: {@code (3)bad(7)example(0)}. */
        LABELS;

        private static final Pattern LENGTH = Pattern.compile("\\(\\d+\\)");

        String decode(String text) {
            return switch (this) {
                case PLAIN -> text;
                case LABELS -> {
                    String dotted = LENGTH.matcher(text).replaceAll(".");
                    yield dotted.length() < 2 ? "" : dotted.substring(1, dotted.length() - 1);
                }
            };
        }
    }
}
