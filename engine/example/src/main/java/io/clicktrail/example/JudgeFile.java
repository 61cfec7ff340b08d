package io.clicktrail.example;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints the cases in a file of Windows events in XML, one a line, in the order of their times. */
public final class JudgeFile {

    private static final Pattern SYSTEM_TIME = Pattern.compile("SystemTime=['\"]([^'\"]+)['\"]");

    private JudgeFile() {}

    public static void main(String[] arguments) {
        judge(Path.of(arguments[0])).forEach(alert -> System.out.println(alert.getAlertId() + " " + alert.getTitle()));
    }

    /** The cases. Nothing is known beforehand, and every place counts as new. */
    static List<Alert> judge(Path file) {
        var settings = EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));
        try (var engine = new Engine(settings);
                var lines = Files.lines(file)) {
            lines.forEach(line -> engine.deliver(line.getBytes(StandardCharsets.UTF_8), delivered(line)));
            return engine.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static long delivered(String line) {
        Matcher time = SYSTEM_TIME.matcher(line);
        return time.find() ? Instant.parse(time.group(1)).toEpochMilli() : 0;
    }
}
