package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import org.jspecify.annotations.Nullable;

/** Where an account is in a normalized document, and the account there. */
record NormalizedUser(int name, int domain, int id, int email) {

    static NormalizedUser ocsf(JsonPaths paths, String at) {
        return new NormalizedUser(
                paths.field(at + ".name"),
                paths.field(at + ".domain"),
                paths.field(at + ".uid"),
                paths.field(at + ".email_addr"));
    }

    static NormalizedUser ecs(JsonPaths paths, String at) {
        return new NormalizedUser(
                paths.field(at + ".name"),
                paths.field(at + ".domain"),
                paths.field(at + ".id"),
                paths.field(at + ".email"));
    }

    @Nullable
    User read(JsonFields document) {
        String account = Placeholders.absent(document.get(name));
        String within = Placeholders.absent(document.get(domain));
        String sid = Placeholders.absent(document.get(id));
        String mail = Placeholders.absent(document.get(email));
        if (account == null && sid == null && mail == null) {
            return null;
        }
        int slash = account == null ? -1 : account.indexOf('\\');
        if (account != null && slash > 0) {
            return new User(account.substring(slash + 1), account.substring(0, slash), sid, mail);
        }
        if (account != null && mail == null && account.indexOf('@') > 0) {
            return new User(null, within, sid, account);
        }
        return new User(account, within, sid, mail);
    }
}
