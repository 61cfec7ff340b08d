package io.clicktrail.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** Lets Avro load the types generated from our schemas, which it refuses to do for any class it was not told of. */
public final class TrustedTypes {

    private static final String OURS = "io.clicktrail.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), TrustedTypes::isOurs));
    }

    private TrustedTypes() {}

    /** Takes effect with the first call in the process. The serdes call it; so must who makes our types before any serde. */
    public static void install() {
        // The static initializer has done it.
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS) && (type.isEnum() || SpecificRecord.class.isAssignableFrom(type));
    }
}
