package io.clicktrail.console.web;

import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.console.queue.CaseRow;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Says to open pages which case has a new revision, as server-sent events. A page that is too slow misses some and is
 * not waited for; it asks for the whole state anyway.
 */
@RestController
final class Updates {

    private static final int MAX_PAGES = 500;
    private static final int MAX_WAITING = 1000;
    private static final int SECONDS_OF_SILENCE = 15;

    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<CaseRow> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread sender =
            Thread.ofPlatform().daemon().name("send-updates").unstarted(this::send);

    Updates(CaseTable store) {
        store.onRevision(waiting::offer);
        sender.start();
    }

    @GetMapping(path = "/updates", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter updates() throws IOException {
        if (pages.size() >= MAX_PAGES) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        }
        var page = new SseEmitter(0L);
        page.onCompletion(() -> pages.remove(page));
        page.onTimeout(() -> pages.remove(page));
        page.onError(e -> pages.remove(page));
        page.send(SseEmitter.event().comment("open"));
        pages.add(page);
        return page;
    }

    private void send() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                CaseRow row = waiting.poll(SECONDS_OF_SILENCE, TimeUnit.SECONDS);
                for (SseEmitter page : pages) {
                    send(
                            page,
                            row == null
                                    ? SseEmitter.event().comment("still here")
                                    : SseEmitter.event().name("revision").data(row.revision() + " " + row.alertId()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
        try {
            page.send(event);
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }

    @PreDestroy
    void stop() {
        sender.interrupt();
        pages.forEach(SseEmitter::complete);
    }
}
