package io.clicktrail.benchmarks.detection.host;

import java.util.Locale;

/** The operating system of a simulated machine. */
public enum OperatingSystem {
    WINDOWS,
    LINUX,
    MACOS;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OperatingSystem of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
