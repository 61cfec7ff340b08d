package io.clicktrail.correlator.testing;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.tuning.Tuning;

/** Tuning documents of which only what the correlator reads matters. */
public final class Tunings {

    private Tunings() {}

    /** The built-in lengths of Windows, without skew. */
    public static Tuning.Builder windows(String version) {
        return BuiltInTuning.builder(Platform.WINDOWS).setVersion(version).setSkewMs(0);
    }
}
