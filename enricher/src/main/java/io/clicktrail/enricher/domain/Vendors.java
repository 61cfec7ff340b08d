package io.clicktrail.enricher.domain;

import io.clicktrail.schemas.lists.DataList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vendors of well-known programs: the hosts that hand them out, although no label of their names says so, and how the
 * files are named.
 */
public final class Vendors {

    private final Map<String, String> byHost;
    private final List<Beginning> beginnings;

    /** Of the names of a vendor's files, in lower case. */
    private record Beginning(String text, String vendor) {}

    private Vendors(Map<String, String> byHost, List<Beginning> beginnings) {
        this.byHost = Map.copyOf(byHost);
        this.beginnings = List.copyOf(beginnings);
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static Vendors of(DataList list) {
        Map<String, String> byHost = new HashMap<>();
        List<Beginning> beginnings = new ArrayList<>();
        list.forEach(row -> {
            String vendor = row.text(0);
            row.words(1).forEach(host -> {
                if (byHost.put(host, vendor) != null) {
                    throw new IllegalArgumentException(host + " is given twice");
                }
            });
            row.words(2).forEach(text -> beginnings.add(new Beginning(text, vendor)));
        });
        return new Vendors(byHost, beginnings);
    }

    /** The vendor whose files a host hands out; null where it is none of the list. */
    public @Nullable String ofHost(String host) {
        return byHost.get(host);
    }

    /** The first vendor of the list whose files have such a name; null where none has. */
    public @Nullable String ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Beginning each : beginnings) {
            if (lower.startsWith(each.text)) {
                return each.vendor;
            }
        }
        return null;
    }
}
