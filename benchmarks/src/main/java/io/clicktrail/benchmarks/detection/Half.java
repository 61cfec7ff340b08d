package io.clicktrail.benchmarks.detection;

import java.util.Locale;
import java.util.zip.CRC32;

/** Weights may be fitted on one half of the kinds and are reported on the other. */
public enum Half {
    FIT,
    REPORT;

    /** Fixed by the kind's name: an even CRC-32 is for fitting. */
    static Half of(String kind) {
        var checksum = new CRC32();
        checksum.update(kind.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return checksum.getValue() % 2 == 0 ? FIT : REPORT;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
