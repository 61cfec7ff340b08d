package io.clicktrail.standalone.erasure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A host or a person whose data is to be removed, by one form of the name.
 *
 * <p>A record names it where a whole string in it is that name, in any case. An account name without a domain is also
 * found as {@code DOMAIN\name}, and in a path as the name of a home folder. A name inside other text does not count: a
 * common word as a name would remove the cases of others.
 */
public record DataSubject(Kind kind, String name) {

    private static final int MAX_NAME = 255;
    private static final int SHORT_HASH_BYTES = 8;

    /** Folders that hold the homes of users, as they occur in paths after {@code /} for {@code \}, in small letters. */
    private static final Set<String> HOMES = Set.of("/users/", "/home/");

    /** What it is. */
    public enum Kind {
        HOST,
        USER
    }

    /** @throws IllegalArgumentException if the name is empty or longer than 255 characters */
    public DataSubject {
        name = name.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME + " characters");
        }
    }

    /** Whether a key of a table, or a string somewhere in its value, is this name. */
    public boolean isIn(@Nullable String key, @Nullable IndexedRecord value) {
        return key != null && isNamed(key) || isIn(value);
    }

    /** For an audit that is kept for ever: the kind, and the start of the SHA-256 of the name. */
    public String pseudonym() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return kind.name().toLowerCase(Locale.ROOT) + " sha256:"
                    + HexFormat.of().formatHex(hash, 0, SHORT_HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private boolean isIn(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case CharSequence text -> isNamed(text.toString());
            case IndexedRecord record ->
                record.getSchema().getFields().stream().anyMatch(field -> isIn(record.get(field.pos())));
            case Collection<?> all -> all.stream().anyMatch(this::isIn);
            case Map<?, ?> map -> isIn(map.keySet()) || isIn(map.values());
            default -> false;
        };
    }

    private boolean isNamed(String text) {
        if (text.length() < name.length()) {
            return false;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        var bare = lower.startsWith("user:") ? lower.substring("user:".length()) : lower;
        if (bare.equals(name)) {
            return true;
        }
        return kind == Kind.USER && name.indexOf('\\') < 0 && (bare.endsWith('\\' + name) || isHome(bare));
    }

    private boolean isHome(String text) {
        var path = text.replace('\\', '/') + '/';
        return HOMES.stream().anyMatch(home -> path.contains(home + name + '/'));
    }
}
