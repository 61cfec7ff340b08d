package io.clicktrail.enricher.process;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.schemas.lists.DataList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishers that are known to sign what they hand out, by the team identifier of Apple's code signatures. */
public final class Publishers {

    private final Map<String, String> teams;

    private Publishers(Map<String, String> teams) {
        this.teams = Map.copyOf(teams);
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static Publishers of(DataList list) {
        Map<String, String> teams = new HashMap<>();
        list.forEach(row -> teams.putIfAbsent(row.text(0).toUpperCase(Locale.ROOT), row.text(1)));
        return new Publishers(teams);
    }

    /** Who signed an image; null where nobody did, or somebody who is not on the list. */
    public @Nullable String of(@Nullable CodeSignature signature) {
        @Nullable String team = signature == null ? null : signature.getTeamId();
        return team == null ? null : teams.get(team.toUpperCase(Locale.ROOT));
    }
}
