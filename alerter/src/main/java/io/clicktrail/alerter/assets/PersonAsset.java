package io.clicktrail.alerter.assets;

import org.jspecify.annotations.Nullable;

/**
 * An account that the organisation knows.
 *
 * @param name its key, or a pattern of keys
 * @param privileged whether it is an administrative account
 * @param vip whether it is on the watch list
 * @param department department of its owner
 */
public record PersonAsset(
        NamePattern name,
        @Nullable Boolean privileged,
        @Nullable Boolean vip,
        @Nullable String department) {

    /** @throws IllegalArgumentException where there is no name */
    public PersonAsset {
        NamePattern.require(name);
    }

    /** An account of which nothing is known. */
    static final PersonAsset UNKNOWN = new PersonAsset(new NamePattern("unknown"), null, null, null);
}
