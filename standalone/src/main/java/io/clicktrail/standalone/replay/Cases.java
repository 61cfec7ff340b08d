package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.stack.Stack;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the cases that a replay through the stack has made. */
public final class Cases {

    private Cases() {}

    /** The last revision of every case, in the order of their first events. */
    public static List<Alert> read(Stack stack) {
        Map<String, Alert> latest = new HashMap<>();
        TopicReader.readAll(
                stack,
                stack.topics().alerts(),
                alert -> latest.compute(alert.key(), (id, known) -> later(known, alert.value())));
        return latest.values().stream()
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .toList();
    }

    /** A tombstone removes what was known. */
    private static @Nullable Alert later(@Nullable Alert known, @Nullable Alert next) {
        return known == null || next == null || next.getRevision() > known.getRevision() ? next : known;
    }
}
