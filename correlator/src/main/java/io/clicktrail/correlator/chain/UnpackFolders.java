package io.clicktrail.correlator.chain;

import org.jspecify.annotations.Nullable;

/**
 * The temporary folders in which file managers and archive tools put a member that is opened from an archive: Explorer,
 * 7-Zip, WinRAR, WinZip, Bandizip; File Roller and Engrampa, Ark; and where macOS runs an application that has just
 * been unpacked.
 */
final class UnpackFolders {

    private static final String TEMP = "\\temp\\";
    private static final String[] PREFIXES = {"7z", "Rar$", "wz", "BNZ."};
    private static final String ZIP_END = ".zip\\";
    private static final String[] OF_UNIX = {"/.cache/.fr-", "/tmp/ark-", "/AppTranslocation/"};

    private UnpackFolders() {}

    static boolean contain(@Nullable String path) {
        if (path == null) {
            return false;
        }
        for (var folder : OF_UNIX) {
            if (path.contains(folder)) {
                return true;
            }
        }
        for (int i = 0; i <= path.length() - TEMP.length(); i++) {
            if (path.regionMatches(true, i, TEMP, 0, TEMP.length()) && isUnpackFolder(path, i + TEMP.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnpackFolder(String path, int from) {
        int end = path.indexOf('\\', from);
        if (end < 0) {
            return false;
        }
        for (var prefix : PREFIXES) {
            if (path.regionMatches(true, from, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return isExplorerZip(path, from, end);
    }

    /** Explorer's {@code Temp1_invoice.zip}. */
    private static boolean isExplorerZip(String path, int from, int end) {
        return path.regionMatches(true, from, "Temp", 0, 4)
                && end - from > 6
                && path.charAt(from + 5) == '_'
                && path.regionMatches(true, end - ZIP_END.length() + 1, ZIP_END, 0, ZIP_END.length());
    }
}
