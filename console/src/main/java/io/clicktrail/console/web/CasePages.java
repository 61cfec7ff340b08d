package io.clicktrail.console.web;

import gg.jte.Content;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alerter.page.CasePage;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.CaseRow;
import io.clicktrail.console.revisions.RevisionChanges;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.console.settings.ConsoleSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    private final CaseTable store;
    private final CaseQueue queue;
    private final HostSensors sensors;
    private final ConsoleSettings settings;
    private final Pages pages;

    CasePages(CaseTable store, CaseQueue queue, HostSensors sensors, ConsoleSettings settings, Pages pages) {
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

    /** A revision of the case. */
    public record Revision(int number, String time, String note) {}

    /** A field that differs. */
    public record Change(String field, String before, String after) {}

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
        model.put("article", (Function<Content, Content>) acts -> CasePage.article(alert, acts));
        model.put("sent", sent.isEmpty() ? "" : "sent");
        model.put("acknowledged", acknowledged(alert));
        model.put("related", related(id, now));
        model.put("sensors", sensors(alert, now));
        model.put("actions", actions(alert));
        model.put("revisions", revisions(store.revisions(id)));
        return pages.page(request, "casepage.jte", model);
    }

    /** What differs between two revisions; those that are not named are the last one and the one before. */
    @GetMapping("/cases/{id}/changes")
    ResponseEntity<String> changes(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "0") int to,
            HttpServletRequest request) {
        List<Alert> known = store.revisions(id);
        Alert after = to == 0 && !known.isEmpty() ? known.getFirst() : revision(known, to);
        Alert before = from == 0 && known.size() > 1 ? known.get(1) : revision(known, from);
        if (before == null || after == null) {
            return pages.page(request, HttpStatus.NOT_FOUND, "missing.jte", Map.of());
        }
        var model = new HashMap<String, Object>();
        model.put("id", after.getAlertId());
        model.put("title", Words.text(after.getTitle()));
        model.put("from", revisions(List.of(before)).getFirst());
        model.put("to", revisions(List.of(after)).getFirst());
        model.put(
                "changes",
                RevisionChanges.between(before, after).stream()
                        .map(change -> new Change(
                                Words.text(change.field()), Words.text(change.before()), Words.text(change.after())))
                        .toList());
        return pages.page(request, "changes.jte", model);
    }

    private static @Nullable Alert revision(List<Alert> known, int number) {
        return known.stream()
                .filter(each -> each.getRevision() == number)
                .findFirst()
                .orElse(null);
    }

    private static List<Revision> revisions(List<Alert> known) {
        return known.stream()
                .map(each -> new Revision(
                        each.getRevision(), Words.second(each.getUpdatedTime()), Words.text(each.getChangeNote())))
                .toList();
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
                .sorted(Comparator.comparing(HostSensors.Sensor::dataset).thenComparing(HostSensors.Sensor::shows))
                .map(sensor -> new SensorRow(
                        Words.text(sensor.dataset()),
                        sensor.shows(),
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
