package io.clicktrail.alerter.questions;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a content type is what an extension promises. Types by the IANA registry and what common servers send,
 * 2026-08.
 */
final class ContentTypes {

    private static final Set<String> PROGRAM = Set.of(
            "application/x-dosexec",
            "application/x-msdownload",
            "application/vnd.microsoft.portable-executable",
            "application/x-msdos-program",
            "application/x-executable",
            "application/x-elf",
            "application/x-mach-binary",
            "application/x-sharedlib");
    private static final Set<String> SCRIPT = Set.of(
            "text/javascript",
            "application/javascript",
            "application/x-javascript",
            "text/x-python",
            "text/x-shellscript",
            "application/x-sh",
            "text/vbscript",
            "text/plain");
    private static final Set<String> ZIP = Set.of("application/zip", "application/x-zip-compressed");
    private static final Set<String> IMAGE = Set.of("application/x-iso9660-image", "application/x-apple-diskimage");
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    private static final Map<String, Set<String>> PROMISED = Map.ofEntries(
            Map.entry("exe", PROGRAM),
            Map.entry("scr", PROGRAM),
            Map.entry("dll", PROGRAM),
            Map.entry("elf", PROGRAM),
            Map.entry("js", SCRIPT),
            Map.entry("vbs", SCRIPT),
            Map.entry("py", SCRIPT),
            Map.entry("sh", SCRIPT),
            Map.entry("ps1", SCRIPT),
            Map.entry("zip", ZIP),
            Map.entry("jar", Set.of("application/java-archive", "application/zip")),
            Map.entry("iso", IMAGE),
            Map.entry("img", IMAGE),
            Map.entry("dmg", IMAGE),
            Map.entry("pdf", Set.of("application/pdf")),
            Map.entry("png", Set.of("image/png")),
            Map.entry("jpg", Set.of("image/jpeg")),
            Map.entry("gif", Set.of("image/gif")),
            Map.entry("txt", Set.of("text/plain")),
            Map.entry("html", Set.of("text/html")),
            Map.entry("htm", Set.of("text/html")),
            Map.entry("docx", Set.of(OFFICE + "wordprocessingml.document", "application/zip")),
            Map.entry("xlsx", Set.of(OFFICE + "spreadsheetml.sheet", "application/zip")),
            Map.entry("pptx", Set.of(OFFICE + "presentationml.presentation", "application/zip")),
            Map.entry("docm", Set.of("application/vnd.ms-word.document.macroenabled.12", "application/zip")),
            Map.entry("xlsm", Set.of("application/vnd.ms-excel.sheet.macroenabled.12", "application/zip")),
            Map.entry("msi", Set.of("application/x-msi", "application/x-ole-storage", "application/cdfv2")),
            Map.entry("rar", Set.of("application/vnd.rar", "application/x-rar", "application/x-rar-compressed")),
            Map.entry("7z", Set.of("application/x-7z-compressed")));

    private static final Set<String> SAYS_NOTHING = Set.of(
            "application/octet-stream", "binary/octet-stream", "application/x-download", "application/force-download");

    private ContentTypes() {}

    static Answer compare(@Nullable String extension, String type, Evidence source) {
        String bare = type.toLowerCase(Locale.ROOT);
        int parameter = bare.indexOf(';');
        bare = (parameter < 0 ? bare : bare.substring(0, parameter)).strip();
        String shown = extension == null ? "no extension" : "." + extension;
        if (SAYS_NOTHING.contains(bare)) {
            return Answer.partly(
                    "The server sent " + shown + " as " + bare + ", which says nothing.",
                    ConfidenceBand.LOW,
                    List.of(source),
                    "content type of the file as a sensor sees it (Zeek files log, EDR)");
        }
        Set<String> promised = extension == null ? null : PROMISED.get(extension.toLowerCase(Locale.ROOT));
        if (promised == null) {
            return Answer.partly(
                    "The content is " + bare + "; nothing is promised by " + shown + ".",
                    ConfidenceBand.LOW,
                    List.of(source),
                    "content type of the file as a sensor sees it (Zeek files log, EDR)");
        }
        return promised.contains(bare)
                ? Answer.full("Yes: " + shown + " holds " + bare + ".", ConfidenceBand.HIGH, List.of(source))
                : Answer.full("No: " + shown + " holds " + bare + ".", ConfidenceBand.HIGH, List.of(source));
    }

    /** Extension of the name that the file will have, lower case. */
    static @Nullable String extension(Evidence write) {
        String name = EvidenceFields.fileName(write);
        int dot = name == null ? -1 : name.lastIndexOf('.');
        return name == null || dot < 0 ? null : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
