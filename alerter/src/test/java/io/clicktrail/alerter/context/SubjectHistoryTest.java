package io.clicktrail.alerter.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Subject;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubjectHistoryTest {

    private static final Instant DAY = Instant.parse("2026-03-03T00:00:00Z");

    @Test
    void aPageSaysTheSameWhateverTheOrderOfItsNotes() {
        long seed = 20_260_303;
        var random = new Random(seed);
        var notes = new ArrayList<SubjectNote>();
        for (int number = 0; number < 400; number++) {
            FactKind kind = FactKind.values()[random.nextInt(FactKind.values().length)];
            notes.add(note(kind, number, "host" + random.nextInt(60), DAY.plusSeconds(random.nextInt(5000))));
        }
        Subject expected = page(notes);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(notes, random);

            assertThat(page(notes)).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(expected.getHosts()).hasSize(SubjectHistory.MAX_SEEN);
        assertThat(expected.getMoreHosts()).isTrue();
    }

    @Test
    void aNoteThatComesTwiceChangesNothing() {
        SubjectNote note = note(FactKind.MAIL, 1, "host", DAY);
        Subject once = SubjectHistory.with(SubjectHistory.EMPTY, note);

        assertThat(SubjectHistory.with(once, note)).isSameAs(once);
    }

    @Test
    void whatIsWithdrawnIsGone() {
        Fact fact = note(FactKind.CHAIN, 1, "host", DAY).getFact();
        Subject page = SubjectHistory.with(
                SubjectHistory.EMPTY, SubjectFact.fact("host:x", fact).content());

        assertThat(SubjectHistory.with(
                        page, SubjectFact.withdrawn("host:x", fact).content()))
                .isEqualTo(SubjectHistory.EMPTY);
    }

    @Test
    void watchersAreBoundedAndCountOnce() {
        Subject page = SubjectHistory.EMPTY;
        for (int number = 0; number < 200; number++) {
            page = SubjectHistory.with(
                    page,
                    SubjectFact.watcher("host:x", new Watcher("case" + number % 100, "host", DAY, List.of()))
                            .content());
        }

        assertThat(page.getWatchers()).hasSize(SubjectHistory.MAX_WATCHERS).doesNotHaveDuplicates();
    }

    private static Subject page(List<SubjectNote> notes) {
        Subject page = SubjectHistory.EMPTY;
        for (SubjectNote note : notes) {
            page = SubjectHistory.with(page, note);
        }
        return page;
    }

    private static SubjectNote note(FactKind kind, int number, String host, Instant time) {
        return SubjectNote.newBuilder()
                .setFact(Fact.newBuilder()
                        .setKind(kind)
                        .setId("event" + number)
                        .setTime(time)
                        .setHost(host)
                        .build())
                .build();
    }
}
