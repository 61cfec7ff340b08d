package io.clicktrail.normalizer.fields;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wanted values of one record by slot, so that one mapping serves every notation of a format. */
public interface Fields {

    /** The value at a slot; the first one where it is a list; null where it is absent. */
    @Nullable
    String get(int slot);

    /** All values at a slot, in order, empty where it is absent. */
    List<String> all(int slot);

    /** Whether there is a value at a slot. */
    boolean has(int slot);

    /** Whether a value was cut. */
    boolean truncated();
}
