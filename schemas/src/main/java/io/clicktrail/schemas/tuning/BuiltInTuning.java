package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.List;

/** The tuning of a platform that nobody has tuned, with MITRE's values. */
public final class BuiltInTuning {

    /** Version of the built-in documents, stamped on all that they judge. */
    public static final String VERSION = "builtin-2026-11-21";

    /** The platforms that can be tuned. */
    public static final List<Platform> PLATFORMS = List.of(Platform.WINDOWS, Platform.LINUX, Platform.MACOS);

    private BuiltInTuning() {}

    /** The built-in document of a platform. An unknown platform has the values of Windows, without allow-list. */
    public static Tuning of(Platform platform) {
        return builder(platform).build();
    }

    /** The built-in document of a platform, to be changed. */
    public static Tuning.Builder builder(Platform platform) {
        var document = Tuning.newBuilder().setPlatform(platform).setVersion(VERSION);
        TuningElements.ALL.forEach(element -> element.setBuiltIn(platform, document));
        return document;
    }
}
