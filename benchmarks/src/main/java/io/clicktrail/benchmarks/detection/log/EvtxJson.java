package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import java.util.Map;
import java.util.stream.Collectors;

/** As evtx_dump writes it: attributes apart, GUIDs without braces (github.com/omerbenamram/evtx). */
public final class EvtxJson implements WindowsContainer {

    @Override
    public String file() {
        return "evtx.jsonl";
    }

    @Override
    public String line(WindowsEvent event) {
        Map<String, Object> data = event.data().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        field -> value(field.getValue()),
                        (first, second) -> first,
                        java.util.LinkedHashMap::new));
        return Json.text(object(
                "Event",
                object(
                        "#attributes",
                        object("xmlns", "http://schemas.microsoft.com/win/2004/08/events/event"),
                        "System",
                        object(
                                "Provider",
                                object("#attributes", object("Name", event.provider(), "Guid", event.providerGuid())),
                                "EventID",
                                event.id(),
                                "TimeCreated",
                                object("#attributes", object("SystemTime", Times.sevenDigits(event.written()))),
                                "EventRecordID",
                                event.recordId(),
                                "Correlation",
                                null,
                                "Execution",
                                object("#attributes", object("ProcessID", 3308, "ThreadID", 4008)),
                                "Channel",
                                event.channel(),
                                "Computer",
                                event.computer(),
                                "Security",
                                object("#attributes", object("UserID", "S-1-5-18"))),
                        "EventData",
                        data)));
    }

    private static Object value(String text) {
        if (text.startsWith("{") && text.endsWith("}")) {
            return text.substring(1, text.length() - 1);
        }
        return text.matches("[1-9][0-9]{0,8}") ? Integer.valueOf(text) : text;
    }
}
