package io.clicktrail.alerter.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrganisationChangesTest {

    private final OrganisationChanges changes = new OrganisationChanges();
    private long offset;

    @Test
    void changesOfOneSourceThatFollowEachOtherAreOne() {
        note("cmdb", null);
        note("cmdb", null);
        note("hr", null);
        note("cmdb", null);

        assertThat(changes.after(-1))
                .extracting(each -> each.entry().getWho(), each -> each.entry().getCount(), each -> each.last())
                .containsExactly(tuple("cmdb", 2L, 1L), tuple("hr", 1L, 2L), tuple("cmdb", 1L, 3L));
    }

    @Test
    void whatIsRecordedIsForgottenAndWhatIsNotComesAgain() {
        note("cmdb", null);
        note("hr", null);

        assertThat(changes.after(-1)).hasSize(2);
        assertThat(changes.after(0)).hasSize(1);
        assertThat(changes.after(0)).hasSize(1);
        assertThat(changes.after(1)).isEmpty();
    }

    @Test
    void whatWasHandedOutIsNotAddedTo() {
        note("cmdb", null);
        changes.after(-1);
        note("cmdb", null);

        assertThat(changes.after(0))
                .singleElement()
                .satisfies(each -> assertThat(each.entry().getCount()).isEqualTo(1));
    }

    @Test
    void valuesAreShownEachUntilThereAreTooMany() {
        for (int i = 0; i < OrganisationChanges.MAX + 5; i++) {
            note("mallory", "value " + i);
        }

        var all = changes.after(-1);
        assertThat(all).hasSize(OrganisationChanges.MAX);
        assertThat(all.getLast().entry().getWho()).isEqualTo(OrganisationChanges.OTHERS);
        assertThat(all.getLast().entry().getCount()).isEqualTo(6);
    }

    private void note(String who, @Nullable String after) {
        changes.note(AuditEntry.newBuilder()
                .setKind(AuditKind.ORGANISATION)
                .setOutcome(AuditOutcome.ACCEPTED)
                .setAt(Instant.EPOCH)
                .setWho(who)
                .setWhat("hosts set")
                .setAfter(after)
                .setTopic("organisation")
                .setPartition(0)
                .setOffset(offset++)
                .build());
    }
}
