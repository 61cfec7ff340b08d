package io.clicktrail.alerter.chain;

import io.clicktrail.alerter.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Copies an Avro record with all its text made safe and cut, and counts the bytes of that text in JSON. */
final class RecordSanitizer {

    /** Most items of a list in the copy. */
    static final int MAX_ITEMS = 16;

    private final int cap;
    private int bytes;
    private boolean cut;

    /** @param cap most UTF-8 bytes of one string */
    RecordSanitizer(int cap) {
        this.cap = cap;
    }

    /** The record with its text made safe. */
    @SuppressWarnings("unchecked")
    <T extends SpecificRecordBase> T copy(T record) {
        Schema schema = record.getSchema();
        var copy = (T) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            copy.put(field.pos(), value(record.get(field.pos())));
        }
        return copy;
    }

    /** Size of all text that was copied, inside JSON strings. */
    int bytes() {
        return bytes;
    }

    /** True where text or a list was cut. */
    boolean cut() {
        return cut;
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (value) {
            case String text -> text(text);
            case SpecificRecordBase record -> copy(record);
            case List<?> list -> list(list);
            default -> value;
        };
    }

    private String text(String text) {
        String safe = SafeText.clip(text, cap);
        cut |= SafeText.isCut(safe, cap);
        bytes += SafeText.jsonBytes(safe);
        return safe;
    }

    private List<@Nullable Object> list(List<?> list) {
        cut |= list.size() > MAX_ITEMS;
        var copy = new ArrayList<@Nullable Object>(Math.min(list.size(), MAX_ITEMS));
        for (Object item : list.subList(0, Math.min(list.size(), MAX_ITEMS))) {
            copy.add(value(item));
        }
        return copy;
    }
}
