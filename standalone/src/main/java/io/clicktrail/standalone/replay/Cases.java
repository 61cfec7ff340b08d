package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.stack.Stack;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resulting cases. */
public final class Cases {

    private Cases() {}

    /** The last revision of every case, in the order of their first events. */
    public static List<Alert> read(Stack stack) {
        Map<String, Alert> latest = new HashMap<>();
        TopicReader.readAll(
                stack,
                stack.topics().alerts(),
                alert -> latest.merge(
                        alert.key(),
                        alert.value(),
                        (known, next) -> next.getRevision() > known.getRevision() ? next : known));
        return latest.values().stream()
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .toList();
    }
}
