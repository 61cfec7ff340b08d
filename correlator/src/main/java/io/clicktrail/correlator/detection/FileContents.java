package io.clicktrail.correlator.detection;

import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares the extension of each written file with the type of its content, as the sensor of the write, a proxy or
 * Zeek's http log saw it. A request shows the content of a file where the mark of the file names its URL, or where its
 * path ends with the file's name.
 */
final class FileContents {

    private FileContents() {}

    /** One entry for each write whose content was seen, in the order of the evidence. */
    static List<FileContent> of(List<StageEvidence> evidence) {
        var contents = new ArrayList<FileContent>();
        for (var written : evidence) {
            var name = written.getStage() == Stage.WRITE ? nameOf(written.getEvidence()) : null;
            var content = name == null ? null : contentOf(written.getEvidence(), name, evidence);
            if (content != null) {
                contents.add(content);
            }
        }
        return contents;
    }

    /** The sighting that says most, of equal ones the first; null where nothing showed the content. */
    private static @Nullable FileContent contentOf(Evidence written, String name, List<StageEvidence> evidence) {
        var most = seenIn(written.getEvent(), written, name);
        for (var placed : evidence) {
            var event = placed.getEvidence().getEvent();
            if (placed.getStage() == Stage.EGRESS && speaksOf(event, written.getEvent(), name)) {
                var seen = seenIn(event, written, name);
                if (seen != null && (most == null || rank(seen) < rank(most))) {
                    most = seen;
                }
            }
        }
        return most;
    }

    private static @Nullable FileContent seenIn(Event event, Evidence written, String name) {
        var type = typeOf(event);
        return type == null
                ? null
                : new FileContent(
                        written.getEvent().getEventId(),
                        event.getEventId(),
                        name,
                        type,
                        ContentTypes.compare(
                                type, extensionOf(name), written.getFile().getExtensionClass()));
    }

    /**
     * Code under a false name says most. Other content that does not match says less than content that does: it may be
     * the page of a viewer or of an error under the same path.
     */
    private static int rank(FileContent content) {
        return switch (content.getVerdict()) {
            case MISMATCH -> ContentTypes.isActive(content.getMimeType()) ? 0 : 2;
            case MATCHES -> 1;
            case NOTHING_PROMISED -> 3;
            case SAYS_NOTHING -> 4;
        };
    }

    private static @Nullable String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : name.substring(dot + 1).toLowerCase(Locale.ROOT);
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

    private static @Nullable String typeOf(Event event) {
        var file = event.getFile();
        var http = event.getHttp();
        var type = file != null && file.getMimeType() != null
                ? file.getMimeType()
                : http == null ? null : http.getMimeType();
        if (type == null) {
            return null;
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
