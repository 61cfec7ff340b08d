package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonRows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a text of a record is. */
sealed interface TextSource {

    /** The whole line. */
    String LINE = "@line";

    /** The text, the first one of a list; null where it is absent. */
    @Nullable
    String get(Fields record, EnvelopeMetadata around);

    /** All texts of a list. */
    default List<String> all(Fields record, EnvelopeMetadata around) {
        String text = get(record, around);
        return text == null ? List.of() : List.of(text);
    }

    /** All texts that a condition looks at, of several sources those of each. */
    default List<String> any(Fields record, EnvelopeMetadata around) {
        return all(record, around);
    }

    /** Whether there is a text or an object. */
    default boolean has(Fields record, EnvelopeMetadata around) {
        return get(record, around) != null;
    }

    /** At a slot. */
    record Slot(int slot) implements TextSource {
        @Override
        public @Nullable String get(Fields record, EnvelopeMetadata around) {
            return Placeholders.absent(record.get(slot));
        }

        @Override
        public List<String> all(Fields record, EnvelopeMetadata around) {
            return record.all(slot);
        }

        @Override
        public boolean has(Fields record, EnvelopeMetadata around) {
            return record.has(slot);
        }
    }

    /** The first of several that has something. */
    @SuppressWarnings("ArrayRecordComponent")
    record Any(TextSource[] sources) implements TextSource {

        /** What is between the names of several sources. */
        static final String SEPARATOR = "\n";

        @Override
        public @Nullable String get(Fields record, EnvelopeMetadata around) {
            TextSource one = one(record, around);
            return one == null ? null : one.get(record, around);
        }

        @Override
        public List<String> all(Fields record, EnvelopeMetadata around) {
            TextSource one = one(record, around);
            return one == null ? List.of() : one.all(record, around);
        }

        @Override
        public List<String> any(Fields record, EnvelopeMetadata around) {
            return Arrays.stream(sources)
                    .flatMap(each -> each.any(record, around).stream())
                    .toList();
        }

        private @Nullable TextSource one(Fields record, EnvelopeMetadata around) {
            for (TextSource source : sources) {
                if (source.get(record, around) != null) {
                    return source;
                }
            }
            return null;
        }
    }

    /**
     * A member of the object of a list that has a text at another member, {@code parameters[name=URL].value}.
     *
     * @param list the slot of the list's place
     */
    record Member(int list, JsonRows rows, String text) implements TextSource {

        static final int MAX_ROWS = 256;

        @Override
        public @Nullable String get(Fields record, EnvelopeMetadata around) {
            for (@Nullable String[] row : rows.read(((JsonFields) record).inner(list))) {
                if (text.equals(row[0]) && row[1] != null) {
                    return row[1];
                }
            }
            return null;
        }
    }

    /** What the envelopes say. */
    enum Envelope implements TextSource {
        HOST("@host"),
        STREAM("@stream");

        private final String spelling;

        Envelope(String spelling) {
            this.spelling = spelling;
        }

        static @Nullable Envelope named(String spelling) {
            return spelling.equals(HOST.spelling) ? HOST : spelling.equals(STREAM.spelling) ? STREAM : null;
        }

        @Override
        public @Nullable String get(Fields record, EnvelopeMetadata around) {
            return this == HOST ? around.host() : around.stream();
        }
    }
}
