package io.clicktrail.console.web;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.kafka.FeedbackWriter;
import io.clicktrail.console.settings.ConsoleSettings;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a person does with a case: each a record of feedback and a line in the audit log. */
@RestController
final class Acts {

    private static final Logger AUDIT = LoggerFactory.getLogger("clicktrail.audit");
    private static final String DESTINATION = "console";
    private static final int MAX_ID = 300;
    private static final int MAX_NOTE = 2000;
    private static final List<Integer> STATUSES = List.of(102, 200, 500);

    private final CaseTable store;
    private final FeedbackWriter writer;
    private final ConsoleSettings settings;
    private final Pages pages;

    Acts(CaseTable store, FeedbackWriter writer, ConsoleSettings settings, Pages pages) {
        this.store = store;
        this.writer = writer;
        this.settings = settings;
        this.pages = pages;
    }

    @PostMapping("/cases/{id}/acknowledge")
    ResponseEntity<String> acknowledge(@PathVariable String id, HttpServletRequest request) {
        return send(id, Feedback.newBuilder().setKind(FeedbackKind.ACKNOWLEDGE), request);
    }

    @PostMapping("/cases/{id}/verdict")
    ResponseEntity<String> verdict(
            @PathVariable String id,
            @RequestParam Verdict verdict,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        return send(
                id,
                Feedback.newBuilder()
                        .setKind(FeedbackKind.VERDICT)
                        .setVerdict(verdict)
                        .setNote(cut(note, MAX_NOTE)),
                request);
    }

    @PostMapping("/cases/{id}/ticket")
    ResponseEntity<String> ticket(@PathVariable String id, @RequestParam String ticket, HttpServletRequest request) {
        return send(id, Feedback.newBuilder().setKind(FeedbackKind.CASE).setCaseId(cut(ticket, MAX_ID)), request);
    }

    @PostMapping("/cases/{id}/action")
    ResponseEntity<String> action(
            @PathVariable String id,
            @RequestParam String action,
            @RequestParam int status,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        return send(
                id,
                Feedback.newBuilder()
                        .setKind(FeedbackKind.ACTION_RESULT)
                        .setActionId(cut(action, MAX_ID))
                        .setStatus(STATUSES.contains(status) ? status : null)
                        .setNote(cut(note, MAX_NOTE)),
                request);
    }

    private ResponseEntity<String> send(String id, Feedback.Builder feedback, HttpServletRequest request) {
        Alert alert = store.find(id);
        if (alert == null) {
            return pages.page(request, HttpStatus.NOT_FOUND, "missing.jte", Map.of());
        }
        String actor = actor();
        Feedback said = feedback.setAlertId(alert.getAlertId())
                .setDestination(DESTINATION)
                .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setActor(actor)
                .build();
        boolean complete = switch (said.getKind()) {
            case UNKNOWN, REMOVED -> false;
            case ACKNOWLEDGE -> true;
            case VERDICT -> said.getVerdict() != Verdict.UNKNOWN;
            case CASE -> said.getCaseId() != null;
            case ACTION_RESULT -> said.getActionId() != null && said.getStatus() != null;
        };
        if (!complete) {
            return pages.page(request, HttpStatus.BAD_REQUEST, "failed.jte", Map.of("why", "Something is missing."));
        }
        boolean written = writer.write(said, settings.replayed() ? alert.getUpdatedTime() : said.getAt());
        AUDIT.atInfo()
                .addKeyValue("actor", actor)
                .addKeyValue("action", said.getKind())
                .addKeyValue("alertId", said.getAlertId())
                .addKeyValue("revision", alert.getRevision())
                .addKeyValue("verdict", said.getVerdict())
                .addKeyValue("from", request.getRemoteAddr())
                .addKeyValue("outcome", written ? "written" : "failed")
                // Logs as text have the message alone.
                .log(
                        "Feedback {} by {} on case {}: {}",
                        said.getKind(),
                        SafeText.clip(actor, MAX_ID),
                        said.getAlertId(),
                        written ? "written" : "failed");
        if (!written) {
            return pages.page(
                    request,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "failed.jte",
                    Map.of("why", "The brokers did not take it. Nothing was recorded; try again."));
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/cases/" + alert.getAlertId() + "?sent=" + alert.getRevision()))
                .build();
    }

    private static String actor() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "unknown" : who.getName();
    }

    private static @Nullable String cut(String text, int most) {
        String stripped = text.strip();
        return stripped.isEmpty() ? null : stripped.length() <= most ? stripped : stripped.substring(0, most);
    }
}
