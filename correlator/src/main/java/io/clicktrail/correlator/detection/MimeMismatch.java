package io.clicktrail.correlator.detection;

import io.clicktrail.detection.Disguise;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the extension of a written file against the type of its content, as the sensor of the write, a proxy or Zeek's
 * http log saw it. A request speaks of a file where the mark of the file names its URL, or where its path ends with the
 * file's name.
 */
final class MimeMismatch {

    /** What may honestly be inside; a file without extension promises nothing. */
    private static final Set<ExtensionClass> PROGRAM = EnumSet.of(ExtensionClass.EXECUTABLE, ExtensionClass.NONE);

    private static final Set<ExtensionClass> SCRIPT =
            EnumSet.of(ExtensionClass.SCRIPT, ExtensionClass.EXECUTABLE, ExtensionClass.NONE);

    /** Office documents and many packages are archives inside. */
    private static final Set<ExtensionClass> ARCHIVE = EnumSet.of(
            ExtensionClass.CONTAINER, ExtensionClass.EXECUTABLE, ExtensionClass.DOCUMENT, ExtensionClass.NONE);

    private static final Map<String, Set<ExtensionClass>> HONEST = new HashMap<>();

    static {
        put(
                PROGRAM,
                "application/x-dosexec",
                "application/vnd.microsoft.portable-executable",
                "application/x-msdownload",
                "application/x-executable",
                "application/x-elf",
                "application/x-mach-o-executable",
                "application/x-mach-binary",
                "application/x-ms-shortcut");
        put(
                SCRIPT,
                "application/hta",
                "application/javascript",
                "application/x-powershell",
                "application/x-sh",
                "text/javascript",
                "text/vbscript",
                "text/x-python",
                "text/x-shellscript");
        put(
                ARCHIVE,
                "application/zip",
                "application/x-7z-compressed",
                "application/vnd.rar",
                "application/x-rar-compressed",
                "application/gzip",
                "application/vnd.ms-cab-compressed",
                "application/x-iso9660-image",
                "application/x-apple-diskimage");
    }

    private MimeMismatch() {}

    private static void put(Set<ExtensionClass> honest, String... types) {
        for (var type : types) {
            HONEST.put(type, honest);
        }
    }

    static List<Disguise> of(List<StageEvidence> evidence) {
        var disguises = new ArrayList<Disguise>();
        for (var written : evidence) {
            var name = written.getStage() == Stage.WRITE ? nameOf(written.getEvidence()) : null;
            var seen = name == null ? null : seen(written.getEvidence(), name, evidence);
            if (name != null && seen != null) {
                disguises.add(new Disguise(
                        written.getEvidence().getEvent().getEventId(), seen.getEventId(), name, typeOf(seen)));
            }
        }
        return disguises;
    }

    /** The first event that shows content which the extension does not promise. */
    private static @Nullable Event seen(Evidence written, String name, List<StageEvidence> evidence) {
        if (isDisguised(written, typeOf(written.getEvent()))) {
            return written.getEvent();
        }
        for (var placed : evidence) {
            var event = placed.getEvidence().getEvent();
            if (placed.getStage() == Stage.EGRESS
                    && isDisguised(written, typeOf(event))
                    && speaksOf(event, written.getEvent(), name)) {
                return event;
            }
        }
        return null;
    }

    private static boolean isDisguised(Evidence written, String type) {
        var honest = HONEST.get(type);
        var risk = written.getFile();
        return honest != null && risk != null && !honest.contains(risk.getExtensionClass());
    }

    private static boolean speaksOf(Event request, Event written, String name) {
        var url = request.getUrl();
        var file = written.getFile();
        if (url == null || file == null) {
            return false;
        }
        return url.getOriginal().equals(file.getOriginUrl())
                || endOf(url.getOriginal()).equalsIgnoreCase(name);
    }

    /** The last segment of the path of a URL. */
    private static String endOf(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = url.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return url.substring(url.lastIndexOf('/', end - 1) + 1, end);
    }

    /** The final name, or null where only a temporary one is known. */
    private static @Nullable String nameOf(Evidence written) {
        var file = written.getEvent().getFile();
        var risk = written.getFile();
        if (file == null || risk == null) {
            return null;
        }
        return risk.getTemporaryName() ? risk.getFinalName() : file.getName();
    }

    private static String typeOf(Event event) {
        var file = event.getFile();
        var http = event.getHttp();
        var type = file != null && file.getMimeType() != null
                ? file.getMimeType()
                : http == null ? null : http.getMimeType();
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
