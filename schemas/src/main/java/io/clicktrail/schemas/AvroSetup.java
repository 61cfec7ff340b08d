package io.clicktrail.schemas;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro must know process-wide before it can handle our types.
 *
 * <p>It loads only classes it was told to trust. And it compares the elements of every list it has read with its
 * generic model, whatever the list's type: without the conversion there, {@code equals} fails on an optional timestamp.
 */
public final class AvroSetup {

    private static final String OURS = "io.clicktrail.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), AvroSetup::isOurs));
        GenericData.get().addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    private AvroSetup() {}

    /**
     * Takes effect with the first call in the process. The serdes call it; so must who makes our types before any
     * serde.
     */
    public static void install() {
        // The static initializer has done it.
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS) && (type.isEnum() || SpecificRecord.class.isAssignableFrom(type));
    }
}
