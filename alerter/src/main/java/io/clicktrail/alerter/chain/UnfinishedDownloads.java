package io.clicktrail.alerter.chain;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.schemas.RecordCopy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what a browser wrote under the temporary name of a download when the chain also has the file under its
 * final name, which is known from a rename or from the temporary name itself: to a reader both are the same file. Links
 * to what is left out go to the final write instead.
 */
final class UnfinishedDownloads {

    private UnfinishedDownloads() {}

    /** The detection without them, its total counted anew; itself where there are none. */
    static Detection leftOutOf(Detection detection) {
        Map<String, String> renames = new HashMap<>();
        Map<String, String> writes = new HashMap<>();
        for (StageEvidence item : detection.getEvidence()) {
            File file = fileOf(item);
            if (file != null
                    && file.getOriginalPath() != null
                    && !file.getOriginalPath().equals(file.getPath())) {
                renames.putIfAbsent(file.getOriginalPath(), idOf(item));
            }
            boolean isWritten = item.getEvidence().getEvent().getKind() == EventKind.FILE_WRITE;
            if (file != null && file.getPath() != null && isWritten && !isTemporary(item)) {
                writes.putIfAbsent(file.getPath(), idOf(item));
            }
        }
        Map<String, String> finished = new HashMap<>();
        for (StageEvidence item : detection.getEvidence()) {
            File file = fileOf(item);
            if (file == null || file.getPath() == null || !isTemporary(item)) {
                continue;
            }
            String rename = renames.get(file.getPath());
            String last = rename == null ? writes.get(finalPath(file.getPath(), item)) : rename;
            if (last != null && !last.equals(idOf(item))) {
                finished.put(idOf(item), last);
            }
        }
        if (finished.isEmpty()) {
            return detection;
        }
        List<StageEvidence> left = detection.getEvidence().stream()
                .filter(item -> item.getStage() != Stage.WRITE || !finished.containsKey(idOf(item)))
                .toList();
        return RecordCopy.of(detection)
                .set("evidence", left)
                .set("evidence_total", Math.max(left.size(), detection.getEvidenceTotal() - finished.size()))
                .set(
                        "links",
                        detection.getLinks().stream()
                                .map(link -> led(link, finished))
                                .toList())
                .build();
    }

    private static boolean isTemporary(StageEvidence item) {
        FileRisk risk = item.getEvidence().getFile();
        return risk != null && risk.getTemporaryName();
    }

    /**
     * The final path where the temporary name contains it, as in {@code setup.exe.crdownload}; empty where it does not.
     */
    private static String finalPath(String path, StageEvidence item) {
        FileRisk risk = item.getEvidence().getFile();
        String name = risk == null ? null : risk.getFinalName();
        int folder = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
        return name == null ? "" : path.substring(0, folder) + name;
    }

    private static Link led(Link link, Map<String, String> finished) {
        return Link.newBuilder(link)
                .setFromEvent(
                        link.getFromStage() == Stage.WRITE
                                ? finished.getOrDefault(link.getFromEvent(), link.getFromEvent())
                                : link.getFromEvent())
                .setToEvent(
                        link.getToStage() == Stage.WRITE
                                ? finished.getOrDefault(link.getToEvent(), link.getToEvent())
                                : link.getToEvent())
                .build();
    }

    private static @Nullable File fileOf(StageEvidence item) {
        return item.getStage() == Stage.WRITE ? item.getEvidence().getEvent().getFile() : null;
    }

    private static String idOf(StageEvidence item) {
        return item.getEvidence().getEvent().getEventId();
    }
}
