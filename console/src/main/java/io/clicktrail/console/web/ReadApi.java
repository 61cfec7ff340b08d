package io.clicktrail.console.web;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.AlertJson;
import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.CaseRow;
import io.clicktrail.console.queue.QueueQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases as JSON, with the parameters of the queue's address. Texts are as they are in the case, not defanged. */
@RestController
final class ReadApi {

    private final CaseQueue queue;
    private final CaseTable store;

    ReadApi(CaseQueue queue, CaseTable store) {
        this.queue = queue;
        this.store = store;
    }

    /** A page of cases. @param after value of the parameter after for the next page; null for the last one */
    public record CasesPage(List<CaseEntry> cases, @Nullable String after) {}

    /** A case in short. */
    public record CaseEntry(
            String alertId,
            int revision,
            String severity,
            int tier,
            String state,
            Instant created,
            @Nullable Instant due,
            String platform,
            String host,
            String user,
            String domain,
            String title) {

        static CaseEntry of(CaseRow row) {
            return new CaseEntry(
                    row.alertId(),
                    row.revision(),
                    row.severity().name(),
                    row.tier(),
                    row.state().name(),
                    row.created(),
                    row.due(),
                    row.platform(),
                    row.host(),
                    row.user(),
                    row.domain(),
                    row.title());
        }
    }

    @GetMapping("/api/cases")
    ResponseEntity<CasesPage> cases(@RequestParam Map<String, String> parameters) {
        CaseQueue.Page page = queue.page(QueueQuery.of(parameters), Instant.now());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new CasesPage(page.rows().stream().map(CaseEntry::of).toList(), page.next()));
    }

    @GetMapping("/api/cases/{id}")
    ResponseEntity<String> one(@PathVariable String id) {
        Alert alert = store.find(id);
        return alert == null
                ? ResponseEntity.notFound().build()
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .body(AlertJson.of(alert));
    }
}
