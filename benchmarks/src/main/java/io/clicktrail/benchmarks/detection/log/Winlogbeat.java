package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

/** As Winlogbeat 8 sends it with its modules off (elastic.co, Winlogbeat exported fields). */
public final class Winlogbeat implements WindowsContainer {

    @Override
    public String file() {
        return "winlogbeat.ndjson";
    }

    @Override
    public String line(WindowsEvent event) {
        return Json.text(object(
                "@timestamp",
                Times.millis(event.written()),
                "@metadata",
                object("beat", "winlogbeat", "type", "_doc", "version", "8.19.4"),
                "event",
                object(
                        "code",
                        String.valueOf(event.id()),
                        "kind",
                        "event",
                        "provider",
                        event.provider(),
                        "created",
                        Times.millis(event.written().plusMillis(900))),
                "host",
                object("name", "wef01.corp.example"),
                "agent",
                object("type", "winlogbeat", "version", "8.19.4"),
                "log",
                object("level", "information"),
                "ecs",
                object("version", "8.0.0"),
                "winlog",
                object(
                        "channel",
                        event.channel(),
                        "provider_name",
                        event.provider(),
                        "provider_guid",
                        "{" + event.providerGuid() + "}",
                        "computer_name",
                        event.computer(),
                        "event_id",
                        String.valueOf(event.id()),
                        "record_id",
                        event.recordId(),
                        "api",
                        "wineventlog",
                        "process",
                        object("pid", 3308, "thread", object("id", 4008)),
                        "user",
                        object("identifier", "S-1-5-18", "name", "SYSTEM"),
                        "event_data",
                        event.data())));
    }
}
