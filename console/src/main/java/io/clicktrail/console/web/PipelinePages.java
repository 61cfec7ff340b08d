package io.clicktrail.console.web;

import io.clicktrail.console.kafka.PipelineWatch;
import io.clicktrail.console.pipeline.PipelineState;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.console.settings.ConsoleSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the pipeline keeps up, what it could not read, and which sensors are silent. */
@RestController
public final class PipelinePages {

    private static final int MAX_SILENT = 200;

    private final PipelineWatch watch;
    private final HostSensors sensors;
    private final ConsoleSettings settings;
    private final Pages pages;

    PipelinePages(PipelineWatch watch, HostSensors sensors, ConsoleSettings settings, Pages pages) {
        this.watch = watch;
        this.sensors = sensors;
        this.settings = settings;
        this.pages = pages;
    }

    /** A silent sensor. */
    public record Silent(String host, String dataset, String kind, String since) {}

    /** A topic. */
    public record Rate(String topic, String records, String perSecond) {}

    /** A reason for which records were rejected. */
    public record Rejected(String reason, int count, String example) {}

    @GetMapping("/pipeline")
    ResponseEntity<String> pipeline(HttpServletRequest request) {
        PipelineState state = watch.look();
        Instant now = Instant.now();
        List<Silent> silent = sensors.silentSince(now.minus(settings.silentAfter()), MAX_SILENT).stream()
                .map(sensor -> new Silent(
                        Words.text(sensor.host()),
                        Words.text(sensor.dataset()),
                        sensor.kind(),
                        Words.length(Duration.between(sensor.lastSeen(), now))))
                .toList();
        var model = new HashMap<String, Object>();
        model.put("state", state);
        model.put("health", state.health().name().toLowerCase(Locale.ROOT));
        model.put("at", Words.time(state.at()));
        model.put(
                "rates",
                state.rates().stream()
                        .map(rate -> new Rate(
                                rate.topic(),
                                String.format(Locale.ROOT, "%,d", rate.records()),
                                rate.perSecond() < 0
                                        ? "not measured yet"
                                        : String.format(Locale.ROOT, "%,.1f per second", rate.perSecond())))
                        .toList());
        model.put(
                "rejected",
                state.rejected().stream()
                        .map(each -> new Rejected(Words.text(each.reason()), each.count(), Words.text(each.example())))
                        .toList());
        model.put("silent", silent);
        model.put("hosts", sensors.hosts());
        model.put("silentAfter", Words.length(settings.silentAfter()));
        return pages.page(request, "pipeline.jte", model);
    }
}
