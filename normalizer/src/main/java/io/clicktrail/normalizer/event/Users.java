package io.clicktrail.normalizer.event;

import io.clicktrail.event.User;
import org.jspecify.annotations.Nullable;

/** Accounts, with name, domain, SID and UPN kept apart. */
public final class Users {

    private static final String NULL_SID = "S-1-0-0";

    private Users() {}

    /** The user of {@code DOMAIN\name}, {@code name@upn} or a bare name; null where it is absent. */
    public static @Nullable User of(@Nullable String account) {
        String text = Placeholders.absent(account);
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('\\');
        if (slash >= 0) {
            return of(text.substring(0, slash), text.substring(slash + 1), null);
        }
        return text.indexOf('@') > 0 ? new User(null, null, null, text) : new User(text, null, null, null);
    }

    /** The user of its parts; null where name and SID are absent. */
    public static @Nullable User of(@Nullable String domain, @Nullable String name, @Nullable String sid) {
        String account = Placeholders.absent(name);
        String id = NULL_SID.equals(sid) ? null : Placeholders.absent(sid);
        return account == null && id == null ? null : new User(account, Placeholders.absent(domain), id, null);
    }

    /**
     * The user of its parts, the name with or without {@code DOMAIN\\} before it; null where name, id and UPN are
     * absent.
     */
    public static @Nullable User of(
            @Nullable String domain, @Nullable String name, @Nullable String id, @Nullable String upn) {
        int slash = name == null ? -1 : name.indexOf('\\');
        User user = name != null && slash >= 0
                ? of(name.substring(0, slash), name.substring(slash + 1), id)
                : of(domain, name, id);
        String email = Placeholders.absent(upn);
        if (user == null) {
            return email == null ? null : new User(null, null, null, email);
        }
        return email == null ? user : new User(user.getName(), user.getDomain(), user.getId(), email);
    }
}
