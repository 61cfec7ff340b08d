package io.clicktrail.correlator.detection;

import org.apache.avro.specific.SpecificRecord;

/** Shallow copies of Avro records; builders would copy everything below as well. */
final class RecordCopies {

    private RecordCopies() {}

    static <T extends SpecificRecord> T of(T from, T to) {
        for (int i = 0; i < from.getSchema().getFields().size(); i++) {
            to.put(i, from.get(i));
        }
        return to;
    }
}
