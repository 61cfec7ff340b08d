package io.clicktrail.schemas;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Process-wide settings that Avro needs for our types.
 *
 * <p>Avro loads only classes of trusted packages. And it compares the elements of every list that it has read by its
 * generic model: without a conversion there, {@code equals} fails on an optional timestamp. And it allocates what a
 * length says before it reads so much: ten damaged bytes could ask for two gigabytes, so lengths are bounded, unless
 * Avro's own system properties say otherwise.
 */
public final class AvroSetup {

    private static final String OURS = "io.clicktrail.";

    /** More than the largest record of a topic. */
    private static final int MAX_BYTES = 32 << 20;

    private static final int MAX_ITEMS = 1 << 20;

    static {
        bound("bytes", MAX_BYTES);
        bound("string", MAX_BYTES);
        bound("collectionItems", MAX_ITEMS);
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), AvroSetup::isOurs));
        GenericData.get().addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    private AvroSetup() {}

    /**
     * Takes effect with the first call in the process. The serdes call it; code that creates our types before any serde
     * must call it too.
     */
    public static void install() {
        // The static initializer has done it.
    }

    private static void bound(String what, int most) {
        var property = "org.apache.avro.limits." + what + ".maxLength";
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(most));
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS) && (type.isEnum() || SpecificRecord.class.isAssignableFrom(type));
    }
}
