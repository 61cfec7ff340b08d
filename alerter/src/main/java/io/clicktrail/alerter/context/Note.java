package io.clicktrail.alerter.context;

import io.clicktrail.state.Fact;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;

/** Something for the page of a subject. */
public record Note(String subject, SubjectNote content) {

    static Note fact(String subject, Fact fact) {
        return new Note(subject, SubjectNote.newBuilder().setFact(fact).build());
    }

    /** A chain tells of itself, and asks. */
    static Note chain(String subject, Fact fact, Watcher watcher) {
        return new Note(
                subject,
                SubjectNote.newBuilder().setFact(fact).setWatcher(watcher).build());
    }

    static Note withdrawn(String subject, Fact fact) {
        return new Note(
                subject,
                SubjectNote.newBuilder().setFact(fact).setWithdrawn(true).build());
    }

    static Note watcher(String subject, Watcher watcher) {
        return new Note(subject, SubjectNote.newBuilder().setWatcher(watcher).build());
    }
}
