package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Where the last revisions of cases are found. */
public final class AlertSource {

    private AlertSource() {}

    /** The last revisions in a file of cases in Avro. */
    public static List<Alert> all(Path file) throws UnreadableLogException {
        AvroSetup.install();
        var latest = new LinkedHashMap<String, Alert>();
        try (var alerts = new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Alert.class))) {
            alerts.forEach(alert -> latest.merge(alert.getAlertId(), alert, AlertSource::later));
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
        return List.copyOf(latest.values());
    }

    /**
     * The last revisions on the topic of alerts.
     *
     * @param clients how to reach the brokers
     */
    public static List<Alert> all(Map<String, Object> clients, Topics topics) {
        var latest = new LinkedHashMap<String, Alert>();
        TopicReader.readAll(clients, topics.alerts(), record -> {
            if (record.value() == null) {
                latest.remove(record.key());
            } else {
                latest.merge(record.key(), record.value(), AlertSource::later);
            }
        });
        return List.copyOf(latest.values());
    }

    /** One of given cases; null where it is not there. */
    public static @Nullable Alert find(List<Alert> cases, String id) {
        return cases.stream()
                .filter(alert -> alert.getAlertId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static Alert later(Alert known, Alert next) {
        return next.getRevision() >= known.getRevision() ? next : known;
    }
}
