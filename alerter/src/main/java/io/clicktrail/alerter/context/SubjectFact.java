package io.clicktrail.alerter.context;

import io.clicktrail.state.Fact;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;

/** A note for a subject: a fact, a watcher, or both. */
public record SubjectFact(String subject, SubjectNote content) {

    static SubjectFact fact(String subject, Fact fact) {
        return new SubjectFact(subject, SubjectNote.newBuilder().setFact(fact).build());
    }

    /** A chain as a fact, and as a watcher of the subject. */
    static SubjectFact chain(String subject, Fact fact, Watcher watcher) {
        return new SubjectFact(
                subject,
                SubjectNote.newBuilder().setFact(fact).setWatcher(watcher).build());
    }

    static SubjectFact withdrawn(String subject, Fact fact) {
        return new SubjectFact(
                subject,
                SubjectNote.newBuilder().setFact(fact).setWithdrawn(true).build());
    }

    static SubjectFact watcher(String subject, Watcher watcher) {
        return new SubjectFact(
                subject, SubjectNote.newBuilder().setWatcher(watcher).build());
    }
}
