package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Where the last revision of a case is found by its id. */
public final class AlertSource {

    private AlertSource() {}

    /** In a file of cases in Avro; null where it is not there. */
    public static @Nullable Alert find(Path file, String id) throws UnreadableLogException {
        AvroSetup.install();
        Alert found = null;
        try (var alerts = new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Alert.class))) {
            for (Alert alert : alerts) {
                found = alert.getAlertId().equals(id) ? later(found, alert) : found;
            }
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
        return found;
    }

    /**
     * On the topic of alerts; null where it is not there.
     *
     * @param clients how to reach the brokers
     */
    public static @Nullable Alert find(Map<String, Object> clients, Topics topics, String id) {
        @Nullable Alert[] found = new Alert[1];
        TopicReader.readAll(clients, topics.alerts(), record -> {
            if (id.equals(record.key()) && record.value() != null) {
                found[0] = later(found[0], record.value());
            }
        });
        return found[0];
    }

    private static Alert later(@Nullable Alert known, Alert next) {
        return known == null || next.getRevision() >= known.getRevision() ? next : known;
    }
}
