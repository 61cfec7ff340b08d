package io.clicktrail.correlator.chain;

import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The organisation's own places at services that give each customer a name: {@code contoso.sharepoint.com} is that of
 * {@code ada@contoso.com}. They are nobody's false page, also where they were never seen before.
 */
final class OwnTenants {

    private static final String LIST = "organisation-services-2026-11.txt";
    private static final Set<String> SERVICES = readServices();

    /** What services append to the name of a customer. */
    private static final List<String> APPENDED = List.of("", "-my", "-admin");

    /** Shorter names are of many organisations. */
    private static final int MIN_NAME = 4;

    /** Longer labels are ministries' and universities' suffixes no more: {@code co.uk}, {@code com.au}. */
    private static final int LONGEST_SUFFIX = 3;

    private OwnTenants() {}

    /** The name of an account's organisation by its user principal name; null where it has none. */
    static @Nullable String organisationOf(@Nullable String user) {
        if (user == null || user.indexOf('@') < 0) {
            return null;
        }
        int at = user.lastIndexOf('@');
        String[] labels = user.substring(at + 1).toLowerCase(Locale.ROOT).split("\\.", -1);
        int name = labels.length - 2;
        if (name > 0 && labels[name].length() <= LONGEST_SUFFIX) {
            name--;
        }
        return name < 0 || labels[name].length() < MIN_NAME ? null : labels[name];
    }

    /** Whether a tenant key is the place of an organisation at one of the services. */
    static boolean isOf(@Nullable String organisation, @Nullable String tenant) {
        if (organisation == null || tenant == null || !tenant.startsWith(organisation)) {
            return false;
        }
        int dot = tenant.indexOf('.', organisation.length());
        return dot >= 0
                && APPENDED.contains(tenant.substring(organisation.length(), dot))
                && SERVICES.contains(tenant.substring(dot + 1));
    }

    private static Set<String> readServices() {
        try (var in = OwnTenants.class.getResourceAsStream(LIST)) {
            var services = new HashSet<String>();
            DataList.read(LIST, ';', Objects.requireNonNull(in, LIST)).forEach(row -> services.add(row.text(0)));
            return Set.copyOf(services);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
