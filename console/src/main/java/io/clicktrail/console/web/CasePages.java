package io.clicktrail.console.web;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alerter.page.CasePage;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.console.kafka.CaseStore;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.CaseRow;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.console.settings.ConsoleSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of a case, and the case in the formats of other systems. */
@RestController
public final class CasePages {

    private static final Map<String, CaseFormat> FORMATS = Map.of(
            "markdown", CaseFormat.MARKDOWN,
            "ocsf", CaseFormat.OCSF,
            "ecs", CaseFormat.ECS,
            "stix", CaseFormat.STIX,
            "html", CaseFormat.HTML);

    private final CaseStore store;
    private final CaseQueue queue;
    private final HostSensors sensors;
    private final ConsoleSettings settings;
    private final Pages pages;

    CasePages(CaseStore store, CaseQueue queue, HostSensors sensors, ConsoleSettings settings, Pages pages) {
        this.store = store;
        this.queue = queue;
        this.sensors = sensors;
        this.settings = settings;
        this.pages = pages;
    }

    /** A related case. @param shared what both have */
    public record Related(RowView row, String shared) {}

    /** A sensor of the host. @param silent whether it should have been heard since */
    public record SensorRow(String dataset, String kind, String lastSeen, boolean silent) {}

    /** A recommended action that a result can be given for. */
    public record Action(String id, String title) {}

    @GetMapping("/cases/{id}")
    ResponseEntity<String> page(
            @PathVariable String id, @RequestParam(defaultValue = "") String sent, HttpServletRequest request) {
        Alert alert = store.find(id);
        if (alert == null) {
            return pages.page(request, HttpStatus.NOT_FOUND, "missing.jte", Map.of());
        }
        Instant now = Instant.now();
        var model = new HashMap<String, Object>();
        model.put("row", RowView.of(CaseRow.of(alert), now));
        model.put("article", CasePage.article(alert));
        model.put("sent", sent.isEmpty() ? "" : "sent");
        model.put("acknowledged", acknowledged(alert));
        model.put("related", related(id, now));
        model.put("sensors", sensors(alert, now));
        model.put("actions", actions(alert));
        return pages.page(request, "casepage.jte", model);
    }

    @GetMapping("/cases/{id}/as/{format}")
    ResponseEntity<String> as(@PathVariable String id, @PathVariable String format) {
        Alert alert = store.find(id);
        CaseFormat known = FORMATS.get(format);
        if (alert == null || known == null) {
            return ResponseEntity.notFound().build();
        }
        String ending = known == CaseFormat.HTML ? "html" : known == CaseFormat.MARKDOWN ? "md" : "json";
        // Never shown in the frame of the console: a document of this origin could act in the name of its reader.
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(
                        known == CaseFormat.HTML ? "application/octet-stream" : "text/plain;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("case-" + alert.getAlertId() + "." + ending)
                                .build()
                                .toString())
                .body(known.render(alert, RenderOptions.DEFAULTS));
    }

    private static boolean acknowledged(Alert alert) {
        Handling handling = alert.getHandling();
        return handling != null && handling.getAcknowledgedAt() != null;
    }

    private List<Related> related(String id, Instant now) {
        return queue.related(id).entrySet().stream()
                .map(entry ->
                        new Related(RowView.of(entry.getKey(), now), "same " + String.join(", ", entry.getValue())))
                .toList();
    }

    private List<SensorRow> sensors(Alert alert, Instant now) {
        Instant silent = now.minus(settings.silentAfter());
        return sensors.of(alert.getDevice().getHostname()).stream()
                .map(sensor -> new SensorRow(
                        Words.text(sensor.dataset()),
                        sensor.kind(),
                        Words.length(Duration.between(sensor.lastSeen(), now)) + " ago",
                        sensor.lastSeen().isBefore(silent)))
                .toList();
    }

    private static List<Action> actions(Alert alert) {
        return alert.getRecommendedActions().stream()
                .map((RecommendedAction action) ->
                        new Action(action.getActionId(), action.getPriority() + ". " + Words.text(action.getTitle())))
                .toList();
    }
}
