package io.clicktrail.engine.suggest;

import io.clicktrail.alert.Alert;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One change of a tuning document. */
public sealed interface TuningSuggestion {

    Platform platform();

    /** The cases with the verdict that nothing was wrong, and that the change is meant to silence. */
    List<Alert> wrong();

    /** Why, one sentence without a full stop. */
    String reason();

    /** A document with the change. */
    Tuning applied(Tuning document);

    /**
     * An entry of the allow-list.
     *
     * @param scope what it lowers
     * @param owner who answers for it
     * @param expires when it ends
     */
    record AllowPlace(
            Platform platform, String tenantKey, AllowScope scope, List<Alert> wrong, String owner, Instant expires)
            implements TuningSuggestion {

        public AllowPlace {
            wrong = List.copyOf(wrong);
        }

        /** The same with another scope. */
        public AllowPlace with(AllowScope other) {
            return new AllowPlace(platform, tenantKey, other, wrong, owner, expires);
        }

        @Override
        public String reason() {
            return wrong.size() + (wrong.size() == 1 ? " case" : " cases") + " of " + tenantKey
                    + " closed as no attack, none confirmed";
        }

        @Override
        public Tuning applied(Tuning document) {
            var entries = new ArrayList<>(document.getAllowedCdns());
            entries.add(new AllowEntry(tenantKey, scope, owner, reason(), expires));
            return Tuning.newBuilder(document).setAllowedCdns(entries).build();
        }
    }

    /**
     * A higher ChainScore.
     *
     * @param score the new threshold; no confirmed case is below it
     * @param confirmed number of confirmed cases on the platform
     */
    record RaiseChainScore(Platform platform, int score, List<Alert> wrong, int confirmed) implements TuningSuggestion {

        public RaiseChainScore {
            wrong = List.copyOf(wrong);
        }

        @Override
        public String reason() {
            return wrong.size() + (wrong.size() == 1 ? " case" : " cases") + " closed as no attack score below " + score
                    + ", none of the " + confirmed + " confirmed ones does";
        }

        @Override
        public Tuning applied(Tuning document) {
            return Tuning.newBuilder(document).setChainScore(score).build();
        }
    }
}
