package io.clicktrail.standalone.audit;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.TableWriter;
import java.time.Instant;
import java.util.Map;

/**
 * Records on the audit topic what an operator changes by a command, once for each command.
 *
 * @param clients how to reach the brokers
 * @param actor who runs the command, as the command says
 */
public record OperatorAudit(Topics topics, Map<String, Object> clients, String actor) {

    private static final int NOWHERE = -1;

    /**
     * Entries of a table were written or removed.
     *
     * @param table where they are
     * @param what was changed
     * @param count number of entries, 1 or more
     * @param how in words
     */
    public void accepted(AuditKind kind, Topic<?, ?> table, String what, long count, String how) {
        write(entry(kind, AuditOutcome.ACCEPTED, table, what)
                .setCount(count)
                .setReason(how)
                .build());
    }

    /**
     * Nothing was written.
     *
     * @param table where the entries would be
     * @param what was to be changed
     * @param why in words
     */
    public void refused(AuditKind kind, Topic<?, ?> table, String what, String why) {
        write(entry(kind, AuditOutcome.REFUSED, table, what).setReason(why).build());
    }

    private AuditEntry.Builder entry(AuditKind kind, AuditOutcome outcome, Topic<?, ?> table, String what) {
        return AuditEntry.newBuilder()
                .setKind(kind)
                .setOutcome(outcome)
                .setAt(Instant.now())
                .setWho(actor)
                .setWhat(what)
                .setTopic(table.name())
                .setPartition(NOWHERE)
                .setOffset(NOWHERE);
    }

    private void write(AuditEntry entry) {
        try (var audit = new TableWriter<>(topics.audit(), clients)) {
            audit.put(entry.getWhat(), entry);
        }
    }
}
