package io.clicktrail.alerter.render;

import java.util.Locale;

/** Names of enum constants as the formats write them. */
final class EnumNames {

    private EnumNames() {}

    /** {@code TIER_ONE} as {@code tier_one}. */
    static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    /** {@code IN_PROGRESS} as {@code In Progress}. */
    static String title(Enum<?> symbol) {
        var out = new StringBuilder(symbol.name().length());
        boolean start = true;
        for (char c : symbol.name().toCharArray()) {
            out.append(c == '_' ? ' ' : start ? c : Character.toLowerCase(c));
            start = c == '_';
        }
        return out.toString();
    }
}
