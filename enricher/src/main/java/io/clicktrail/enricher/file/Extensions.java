package io.clicktrail.enricher.file;

import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.schemas.lists.DataList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of file an extension announces, and which extensions are HighRiskExtensions. */
public final class Extensions {

    private static final Kind UNKNOWN = new Kind(ExtensionClass.OTHER, false);

    private static final Set<String> WEB_PARTS = Set.of(
            "htm", "html", "shtml", "xht", "js", "mjs", "php", "pl", "svg", "swf", "com", "app", "action", "py",
            "service");

    private final Map<String, Kind> kinds;
    private final Set<String> programTypes;

    private Extensions(Map<String, Kind> kinds, Set<String> programTypes) {
        this.kinds = Map.copyOf(kinds);
        this.programTypes = Set.copyOf(programTypes);
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static Extensions of(DataList list) {
        Map<String, Kind> kinds = new HashMap<>();
        Set<String> programTypes = new HashSet<>();
        list.forEach(row -> {
            var kind = new Kind(row.one(0, ExtensionClass.class), row.text(1).equals("yes"));
            row.words(2).forEach(extension -> kinds.putIfAbsent(extension, kind));
            programTypes.addAll(row.fields().size() > 3 ? row.words(3) : List.of());
        });
        return new Extensions(kinds, programTypes);
    }

    /** This catalogue with an operator's high-risk extensions, written with or without the dot. */
    public Extensions with(Collection<String> highRisk) {
        if (highRisk.isEmpty()) {
            return this;
        }
        Map<String, Kind> extended = new HashMap<>(kinds);
        for (String given : highRisk) {
            String extension = (given.startsWith(".") ? given.substring(1) : given).toLowerCase(Locale.ROOT);
            extended.put(
                    extension, new Kind(kinds.getOrDefault(extension, UNKNOWN).extensionClass(), true));
        }
        return new Extensions(extended, programTypes);
    }

    /** @param extension lower case, without the dot */
    public ExtensionClass classOf(String extension) {
        return kinds.getOrDefault(extension, UNKNOWN).extensionClass();
    }

    /** @param extension lower case, without the dot */
    public boolean isHighRisk(String extension) {
        return kinds.getOrDefault(extension, UNKNOWN).highRisk();
    }

    /**
     * What a file of an extension can do.
     *
     * @param extension lower case, without the dot
     */
    public FileDanger dangerOf(String extension) {
        @Nullable Kind kind = kinds.get(extension);
        return kind == null ? FileDanger.UNKNOWN : kind.highRisk() ? FileDanger.RISKY : FileDanger.HARMLESS;
    }

    boolean isKnown(String extension) {
        return kinds.containsKey(extension);
    }

    /**
     * True for the extension of a program, script, shortcut, archive or disk image, which no web page or part of one
     * has.
     */
    public boolean isProgram(String extension) {
        return isProgram(classOf(extension)) && isDownloadRisk(extension);
    }

    /** True for files of a class that run, or that hold what runs. */
    public static boolean isProgram(ExtensionClass of) {
        return switch (of) {
            case EXECUTABLE, SCRIPT, SHORTCUT, CONTAINER -> true;
            case NONE, DOCUMENT, OTHER -> false;
        };
    }

    /** True for the media type of a program, script, shortcut, archive or disk image. */
    public boolean isProgramType(String mediaType) {
        int end = mediaType.indexOf(';');
        return programTypes.contains(
                (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }

    /** True for a high-risk extension that is not also the usual end of a web page or of one of its parts. */
    public boolean isDownloadRisk(String extension) {
        return isHighRisk(extension) && !WEB_PARTS.contains(extension);
    }

    private record Kind(ExtensionClass extensionClass, boolean highRisk) {}
}
