package io.clicktrail.normalizer.mapping;

import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.web.WebRequest.Witness;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One format of a mapping file, checked. Formats of one name are forms of one format, of which the first that fits has
 * the record.
 *
 * @param name the format's name, an operator's own with the prefix {@code own.}
 * @param signature how its records are recognised
 * @param cases what becomes of a record, in their order
 */
public record Mapping(String name, Signature signature, List<Case> cases) {

    public Mapping {
        cases = List.copyOf(cases);
    }

    /** The datasets of its events and of what it ignores. */
    Stream<String> datasets() {
        return cases.stream().map(Case::dataset).distinct();
    }

    /** How the records of a format are recognised. */
    sealed interface Signature {

        /** A JSON object for which a condition holds. */
        record Json(Condition condition) implements Signature {}

        /**
         * A line that begins with one of some texts, contains one of others, and all of a third kind.
         *
         * @param begins none for any
         * @param contains none for any
         * @param all none for any
         * @param pattern what must be in it as well; null for any
         * @param isWhole whether a line that its layout does not fit is of another format; else it is rejected
         */
        record Line(
                List<String> begins,
                List<String> contains,
                List<String> all,
                @Nullable TextPattern pattern,
                Layout layout,
                boolean isWhole)
                implements Signature {
            public Line {
                begins = List.copyOf(begins);
                contains = List.copyOf(contains);
                all = List.copyOf(all);
            }
        }
    }

    /** How a line is taken apart. */
    sealed interface Layout {

        /** By the named groups of a pattern. */
        record Groups(TextPattern pattern) implements Layout {}

        /**
         * Keys with values.
         *
         * @param after what the first key comes after; empty where it begins the line
         */
        record Pairs(KeyValuePairs pairs, String after) implements Layout {

            int start(String line) {
                return Math.max(0, line.indexOf(after)) + after.length();
            }
        }

        /**
         * Cells, known by their names or by their numbers from 1 on. A line break within quotes is part of a cell.
         *
         * @param columns the names of the first cells
         * @param least how many cells a row has at least
         * @param header what the line begins with that names the columns of the rows after it; empty where there is
         *     none
         */
        record Cells(DelimitedRow row, List<String> columns, int least, String header) implements Layout {

            static final int MAX_CELLS = 256;

            public Cells {
                columns = List.copyOf(columns);
            }
        }
    }

    /**
     * Holds where one of its alternatives does, and that where each of its sources has an accepted text.
     *
     * @param alternatives for each source the texts, among them none where it must have another
     */
    record Condition(List<Map<String, Accepted>> alternatives) {

        /** Always holds. */
        static final Condition NONE = new Condition(List.of(Map.of()));

        Condition {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * What a source may hold: {@code *} anything, {@code -} nothing, {@code {}} an object, {@code []} an empty list,
     * {@code a*}, {@code *a} and {@code *a*} a text with a part, else the text itself.
     *
     * @param isNot whether it must be none of them
     * @param pattern what must be found in it, in place of the texts; null where they decide
     */
    record Accepted(
            List<String> texts, boolean isNot, @Nullable TextPattern pattern) {
        Accepted {
            texts = List.copyOf(texts);
        }
    }

    /**
     * What becomes of a record for which a condition holds.
     *
     * @param dataset the log that it belongs to
     */
    record Case(Condition when, String dataset, Result result) {}

    /** What a record gives. */
    sealed interface Result {

        /** Nothing of use here. */
        record Ignored(String reason) implements Result {}

        /**
         * An event.
         *
         * @param needs the fields without which the record is rejected
         * @param observer who saw a request, where the event is made of its parts
         * @param isAlso whether the record may give further events, by the cases after this one
         * @param parts the parts of the event that the rules name
         */
        record Mapped(
                EventKind kind,
                TimeRule time,
                List<Rule> rules,
                Set<TargetField> needs,
                @Nullable Witness observer,
                boolean isAlso,
                Set<TargetField.Part> parts)
                implements Result {
            public Mapped {
                rules = List.copyOf(rules);
                needs = Set.copyOf(needs);
            }

            boolean has(TargetField.Part part) {
                return parts.contains(part);
            }
        }
    }

    /**
     * Where the event's time comes from.
     *
     * @param choices in the order of their trust
     * @param format how it is written; null for the forms that are known by their shape
     * @param zone the time zone of a time that is written without one; null for the topic's
     * @param zoneFrom where the record names its zone; empty where it does not
     * @param isDayFirst whether the day is before the month where both are digits
     */
    record TimeRule(
            List<Choice> choices,
            @Nullable TimePattern format,
            @Nullable ZoneId zone,
            List<String> zoneFrom,
            boolean isDayFirst) {

        /** No time in the record: that of its envelope holds, or of its delivery. */
        static final TimeRule NONE = new TimeRule(List.of(), null, null, List.of(), false);

        TimeRule {
            choices = List.copyOf(choices);
            zoneFrom = List.copyOf(zoneFrom);
        }
    }

    /** Where one field comes from: the first choice that gives something. */
    record Rule(TargetField target, List<Choice> choices) {
        Rule {
            choices = List.copyOf(choices);
        }
    }

    /**
     * A constant, or the first source that gives something.
     *
     * @param from paths with dots for JSON; names of groups, keys or cells for lines
     * @param pattern its first group is taken
     * @param replace what stands for other text in it
     * @param prefix what is put before it
     * @param values what a text means, upper or lower case; a text that is not among them is left out, unless there are
     *     none or one for {@code *}
     * @param join what is put between the sources where they are parts of one text; null where they are choices
     * @param split what separates the parts of a text; null where it is one
     * @param when when the choice is one at all
     * @param unlike a source whose text is left out; null for none
     * @param beside other lists, of which a text that is beside the taken one must be accepted; empty for none
     */
    record Choice(
            List<String> from,
            @Nullable String constant,
            @Nullable TextPattern pattern,
            Map<String, String> replace,
            String prefix,
            Map<String, String> values,
            @Nullable String join,
            @Nullable String split,
            Decoding decoding,
            Condition when,
            @Nullable String unlike,
            Map<String, Accepted> beside) {
        Choice {
            from = List.copyOf(from);
            replace = Map.copyOf(replace);
            values = Map.copyOf(values);
            beside = Map.copyOf(beside);
        }

        static Choice of(List<String> from) {
            return joined(from, null);
        }

        static Choice joined(List<String> from, @Nullable String join) {
            return new Choice(
                    from,
                    null,
                    null,
                    Map.of(),
                    "",
                    Map.of(),
                    join,
                    null,
                    Decoding.PLAIN,
                    Condition.NONE,
                    null,
                    Map.of());
        }

        static Choice constant(String text, Condition when) {
            return new Choice(
                    List.of(), text, null, Map.of(), "", Map.of(), null, null, Decoding.PLAIN, when, null, Map.of());
        }
    }
}
