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

    /** Letters of a GUID. */
    private static final int GUID = 36;

    private static final String[] OF_UNIX = {"/.cache/.fr-", "/tmp/ark-", "/AppTranslocation/"};

    /** macOS and Safari unpack an archive beside itself, so that the application runs from where downloads are. */
    private static final String[] OF_DOWNLOADS = {"/Downloads/", "/Desktop/"};

    private static final String BUNDLE = ".app/Contents/";

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
        for (var folder : OF_DOWNLOADS) {
            int at = path.indexOf(folder);
            if (at >= 0 && path.indexOf(BUNDLE, at) > 0) {
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
        return isExplorerZip(path, from, end) || isExplorerArchive(path, from, end);
    }

    /** Explorer's {@code 3f2504e0-4f89-11d3-9a0c-0305e82c3301_invoice.zip.301}, since Windows 11. */
    private static boolean isExplorerArchive(String path, int from, int end) {
        if (end - from < GUID + 4 || path.charAt(from + GUID) != '_') {
            return false;
        }
        for (int i = 0; i < GUID; i++) {
            char c = path.charAt(from + i);
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        int dot = path.lastIndexOf('.', end - 1);
        return dot > from + GUID + 1 && dot < end - 1 && isHex(path, dot + 1, end);
    }

    private static boolean isHex(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Explorer's {@code Temp1_invoice.zip}. */
    private static boolean isExplorerZip(String path, int from, int end) {
        return path.regionMatches(true, from, "Temp", 0, 4)
                && end - from > 6
                && path.charAt(from + 5) == '_'
                && path.regionMatches(true, end - ZIP_END.length() + 1, ZIP_END, 0, ZIP_END.length());
    }
}
