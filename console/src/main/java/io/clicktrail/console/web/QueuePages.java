package io.clicktrail.console.web;

import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.QueueQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the page of the queue of cases, filtered by the parameters of its address. */
@RestController
public final class QueuePages {

    private final CaseQueue queue;
    private final Pages pages;

    QueuePages(CaseQueue queue, Pages pages) {
        this.queue = queue;
        this.pages = pages;
    }

    @GetMapping("/")
    ResponseEntity<String> queue(@RequestParam Map<String, String> parameters, HttpServletRequest request) {
        QueueQuery query = QueueQuery.of(parameters);
        Instant now = Instant.now();
        CaseQueue.Page page = queue.page(query, now);
        var model = new HashMap<String, Object>();
        model.put("query", query);
        model.put("counts", queue.counts());
        model.put("rows", page.rows().stream().map(row -> RowView.of(row, now)).toList());
        model.put("next", page.next() == null ? "" : query.with("after", page.next()));
        return pages.page(request, "queue.jte", model);
    }
}
