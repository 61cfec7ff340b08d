package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;

/** What {@code --format avro} wrote. */
final class AlertFile {

    private AlertFile() {}

    /** Content of each case by its id. */
    static Map<String, String> contents(Path file) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var alerts = new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Alert.class))) {
            for (Alert alert : alerts) {
                contents.put(alert.getAlertId(), Scenario.content(alert));
            }
        }
        return contents;
    }
}
