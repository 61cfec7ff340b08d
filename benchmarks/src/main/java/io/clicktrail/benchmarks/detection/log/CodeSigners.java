package io.clicktrail.benchmarks.detection.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Apple Developer teams of applications that people know, by the name of their bundle; others are not signed. */
final class CodeSigners {

    private static final Map<String, String> TEAMS = Map.ofEntries(
            Map.entry("Google Chrome", "EQHXZ8M8AV"),
            Map.entry("Firefox", "43AQ936H96"),
            Map.entry("Microsoft Edge", "UBF8T346G9"),
            Map.entry("Microsoft Outlook", "UBF8T346G9"),
            Map.entry("Microsoft Teams", "UBF8T346G9"),
            Map.entry("Microsoft Word", "UBF8T346G9"),
            Map.entry("Slack", "BQR82RBBHL"),
            Map.entry("zoom.us", "BJ4HAAB9B3"),
            Map.entry("VLC", "75GAHG3SZQ"),
            Map.entry("Docker", "9BNSXJN65R"),
            Map.entry("OBS", "2MMRE5MTB8"));

    private static final String BUNDLE = ".app/";

    private CodeSigners() {}

    /** The team that signed an image; null where it is in no bundle of a known one. */
    static @Nullable String team(String image) {
        int end = image.indexOf(BUNDLE);
        return end < 0 ? null : TEAMS.get(image.substring(image.lastIndexOf('/', end) + 1, end));
    }
}
