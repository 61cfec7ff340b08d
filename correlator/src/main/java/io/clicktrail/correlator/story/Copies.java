package io.clicktrail.correlator.story;

import org.apache.avro.specific.SpecificRecord;

/** Shallow copies of Avro records; builders would copy everything below as well. */
final class Copies {

    private Copies() {}

    static <T extends SpecificRecord> T of(T from, T to) {
        for (int i = 0; i < from.getSchema().getFields().size(); i++) {
            to.put(i, from.get(i));
        }
        return to;
    }
}
