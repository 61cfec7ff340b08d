package io.clicktrail.enricher.domain;

import io.clicktrail.schemas.lists.DataList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that each stand for themselves and every host below them.
 *
 * @param version date of the list
 */
record NameSet(Set<String> names, String version) {

    NameSet {
        names = Set.copyOf(names);
    }

    static NameSet of(DataList list) {
        Set<String> names = new HashSet<>();
        list.forEach(row -> names.add(row.text(0)));
        return new NameSet(names, list.version());
    }

    static NameSet of(Collection<String> names, String version) {
        return new NameSet(Set.copyOf(names), version);
    }

    /** The listed name that a host is or is below; null where there is none. */
    @Nullable
    String covering(String host) {
        String name = host;
        while (!names.contains(name)) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                return null;
            }
            name = name.substring(dot + 1);
        }
        return name;
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
