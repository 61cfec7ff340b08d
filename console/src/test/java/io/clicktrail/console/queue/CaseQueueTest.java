package io.clicktrail.console.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseQueueTest {

    private static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    private final CaseQueue queue = new CaseQueue(1000);

    @Test
    void higherTiersAndSeveritiesComeFirstThenTheOlder() {
        queue.put(row("a", Severity.MEDIUM, 1, 0, false));
        queue.put(row("b", Severity.HIGH, 2, 5, false));
        queue.put(row("c", Severity.HIGH, 2, 1, false));
        queue.put(row("d", Severity.CRITICAL, 2, 9, false));
        queue.put(row("e", Severity.CRITICAL, 3, 9, true));

        assertThat(ids(Map.of())).containsExactly("d", "c", "b", "a");
        assertThat(ids(Map.of("state", "closed"))).containsExactly("e");
        assertThat(ids(Map.of("state", "all"))).containsExactly("d", "c", "b", "a", "e");
        assertThat(queue.counts()).isEqualTo(new CaseQueue.Counts(4, 1));
    }

    @Test
    void aRevisionTakesThePlaceOfTheEarlierOne() {
        queue.put(row("a", Severity.HIGH, 2, 0, false));
        queue.put(row("a", Severity.HIGH, 2, 0, true));

        assertThat(ids(Map.of())).isEmpty();
        assertThat(ids(Map.of("state", "closed"))).containsExactly("a");
    }

    @Test
    void pagesByKeyShowEveryCaseOnceThoughCasesComeAndGo() {
        long seed = 20261129;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            queue.put(
                    row("case-" + i, Severity.values()[2 + random.nextInt(4)], 1 + i % 3, random.nextInt(999), false));
        }
        var seen = new ArrayList<String>();
        String after = "";
        for (int at = 0; after != null; at++) {
            CaseQueue.Page page = page(Map.of("after", after));
            page.rows().forEach(row -> seen.add(row.alertId()));
            after = page.next();
            // The row that the next page starts after leaves, and one that would be on the first page comes.
            queue.remove(page.rows().getLast().alertId());
            queue.put(row("new-" + at, Severity.FATAL, 3, 0, false));
        }

        assertThat(seen).filteredOn(id -> id.startsWith("case-")).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void aFilterByNameAndWordsSelects() {
        queue.put(row("a", Severity.HIGH, 2, 0, false, "ws-1", "alice", "evil.click"));
        queue.put(row("b", Severity.HIGH, 2, 1, false, "ws-2", "bob", "evil.click"));
        queue.put(row("c", Severity.LOW, 1, 2, false, "ws-1", "carol", "other.zip"));

        assertThat(ids(Map.of("host", "ws-1"))).containsExactly("a", "c");
        assertThat(ids(Map.of("domain", "evil.click", "user", "bob"))).containsExactly("b");
        assertThat(ids(Map.of("q", "EVIL ws-2"))).containsExactly("b");
        assertThat(ids(Map.of("severity", "low"))).containsExactly("c");
        assertThat(ids(Map.of("host", "ws-3"))).isEmpty();
    }

    @Test
    void aFilterSelectsByTheTimeUntilACaseMustBeAcknowledged() {
        queue.put(row("late", false, START));
        queue.put(row("near", false, START.plusSeconds(3600)));
        queue.put(row("far", false, START.plusSeconds(3601)));
        queue.put(row("taken", true, null));

        assertThat(ids(Map.of("due", "overdue"))).containsExactly("late");
        assertThat(ids(Map.of("due", "soon"))).containsExactly("late", "near");
        assertThat(ids(Map.of("due", "acknowledged"))).containsExactly("taken");
        assertThat(ids(Map.of("due", "anything"))).hasSize(4);
    }

    @Test
    void relatedCasesSayWhatTheyShare() {
        queue.put(row("a", Severity.HIGH, 2, 0, false, "ws-1", "alice", "evil.click"));
        queue.put(row("b", Severity.HIGH, 2, 1, true, "ws-1", "bob", "evil.click"));
        queue.put(row("c", Severity.LOW, 1, 2, false, "ws-3", "carol", "other.zip"));

        assertThat(queue.related("a").entrySet()).singleElement().satisfies(entry -> {
            assertThat(entry.getKey().alertId()).isEqualTo("b");
            assertThat(entry.getValue()).isEqualTo(List.of("host", "domain"));
        });
    }

    @Test
    void aNumericIdIsAnotherPersonOnEachHost() {
        queue.put(row("a", Severity.HIGH, 2, 0, false, "mac-1", "501", "evil.click"));
        queue.put(row("b", Severity.HIGH, 2, 1, false, "mac-2", "501", "other.click"));

        assertThat(queue.related("a")).isEmpty();
        assertThat(ids(Map.of("user", "501"))).containsExactly("a", "b");
    }

    @Test
    void noMoreCasesAreKeptThanTheBoundAndClosedOnesLeaveFirst() {
        var small = new CaseQueue(100);
        small.put(row("closed", Severity.CRITICAL, 3, 0, true));
        for (int i = 0; i < 100; i++) {
            small.put(row("open-" + i, Severity.LOW, 1, i, false));
        }

        assertThat(small.contains("closed")).isFalse();
        assertThat(small.counts()).isEqualTo(new CaseQueue.Counts(100, 0));
    }

    @Test
    void theAddressOfAFilterGivesTheSameFilter() {
        QueueQuery query = QueueQuery.of(Map.of("q", "a&b=c #1", "host", "ws 1"));

        assertThat(query.with("user", "corp\\a&x")).isEqualTo("/?q=a%26b%3Dc+%231&host=ws+1&user=corp%5Ca%26x");
    }

    private List<String> ids(Map<String, String> parameters) {
        return page(parameters).rows().stream().map(CaseRow::alertId).toList();
    }

    private CaseQueue.Page page(Map<String, String> parameters) {
        return queue.page(QueueQuery.of(parameters), START);
    }

    private static CaseRow row(String id, Severity severity, int tier, int minute, boolean closed) {
        return row(id, severity, tier, minute, closed, "host-of-" + id, "", "");
    }

    private static CaseRow row(
            String id,
            Severity severity,
            int tier,
            int minute,
            boolean closed,
            String host,
            String user,
            String domain) {
        return row(id, severity, tier, minute, closed, host, user, domain, false, null);
    }

    private static CaseRow row(String id, boolean acknowledged, @Nullable Instant due) {
        return row(id, Severity.HIGH, 2, 0, false, "host-of-" + id, "", "", acknowledged, due);
    }

    private static CaseRow row(
            String id,
            Severity severity,
            int tier,
            int minute,
            boolean closed,
            String host,
            String user,
            String domain,
            boolean acknowledged,
            @Nullable Instant due) {
        return new CaseRow(
                id,
                1,
                severity,
                tier,
                closed ? CaseState.RESOLVED : CaseState.NEW,
                closed,
                acknowledged,
                START.plusSeconds(minute * 60L),
                due,
                "windows",
                host,
                user,
                domain,
                "",
                List.of(),
                "title of " + id,
                host + " " + user + " " + domain);
    }
}
