package io.clicktrail.enricher.domain;

import io.clicktrail.schemas.lists.DataList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosting that several customers share, by kind. */
final class Hosting {

    private final Map<String, Kind> kinds = new HashMap<>();
    private final NameSet names;

    private Hosting(DataList list) {
        list.forEach(row -> {
            var kind = row.one(0, Kind.class);
            row.words(1).forEach(name -> kinds.putIfAbsent(name, kind));
        });
        this.names = new NameSet(kinds.keySet(), list.version());
    }

    static Hosting of(DataList list) {
        return new Hosting(list);
    }

    /** The listed hosting that a host belongs to; null where there is none. */
    @Nullable
    Listed covering(String host) {
        String name = names.covering(host);
        Kind kind = name == null ? null : kinds.get(name);
        return name == null || kind == null ? null : new Listed(name, kind);
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    String version() {
        return names.version();
    }

    enum Kind {
        TUNNEL(ScoreFactor.TUNNEL, "tunnel to somebody's own machine"),
        IPFS(ScoreFactor.IPFS, "gateway to content that nobody can take down"),
        DYNAMIC_DNS(ScoreFactor.DYNAMIC_DNS, "name on a changing line"),
        FREE(ScoreFactor.FREE_HOSTING, "anyone publishes here unidentified"),
        SHARED(null, "shared by many customers");

        final @Nullable ScoreFactor part;
        final String evidence;

        Kind(@Nullable ScoreFactor part, String evidence) {
            this.part = part;
            this.evidence = evidence;
        }
    }

    record Listed(String name, Kind kind) {}
}
