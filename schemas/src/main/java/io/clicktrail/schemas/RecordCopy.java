package io.clicktrail.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an Avro record with some of its fields changed, for records with much below them such as events, evidence
 * and cases. The copy is shallow: what is not set is shared with the original, which cannot change, as the generated
 * classes have no setters. It costs one assignment per field, where Avro's builders copy everything below the record as
 * well. Small records are copied by those, since the compiler checks their names and types.
 *
 * @param <T> type of the record
 */
public final class RecordCopy<T extends SpecificRecord> {

    private final T copy;

    private RecordCopy(T copy) {
        this.copy = copy;
    }

    /** A copy of a record to change. */
    public static <T extends SpecificRecord> RecordCopy<T> of(T record) {
        @SuppressWarnings("unchecked")
        T copy = (T) SpecificData.newInstance(record.getClass(), record.getSchema());
        int fields = record.getSchema().getFields().size();
        for (int i = 0; i < fields; i++) {
            copy.put(i, record.get(i));
        }
        return new RecordCopy<>(copy);
    }

    /**
     * Sets a field.
     *
     * @param field name in the schema
     * @throws IllegalArgumentException where the record has no such field
     * @throws ClassCastException where the value is not of the field's type
     */
    public RecordCopy<T> set(String field, @Nullable Object value) {
        Schema.Field known = copy.getSchema().getField(field);
        if (known == null) {
            throw new IllegalArgumentException(copy.getSchema().getName() + " has no field " + field);
        }
        copy.put(known.pos(), value);
        return this;
    }

    /** The changed record; to be taken once. */
    public T build() {
        return copy;
    }
}
