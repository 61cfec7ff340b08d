package io.clicktrail.normalizer.cef;

import io.clicktrail.normalizer.event.Placeholders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one record, of which the first that is spelled alike holds, since what a user chose comes after what
 * the device wrote.
 */
final class ExtensionValues {

    private final DeviceProducts products;
    private final @Nullable String[] values;
    private final int fieldChars;
    private boolean isCut;

    /**
     * @param fieldChars the longest value that is kept, UTF-16 units
     */
    ExtensionValues(DeviceProducts products, int fieldChars) {
        this.products = products;
        this.values = new String[products.slots()];
        this.fieldChars = fieldChars;
    }

    /** Takes a value out of a text. */
    void put(String text, int keyFrom, int keyTo, int from, int to) {
        int slot = products.slot(text.substring(keyFrom, keyTo));
        if (slot < 0 || values[slot] != null || to <= from) {
            return;
        }
        int end = to;
        if (end - from > fieldChars) {
            isCut = true;
            end = from + fieldChars;
            end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        }
        values[slot] = text.substring(from, end);
    }

    /** The value of a key: where the product puts it, else where the standard does; placeholders are absent. */
    @Nullable
    String get(ExtensionField key, DeviceProducts.@Nullable Row row) {
        int own = row == null ? -1 : row.fields()[key.ordinal()];
        if (own == DeviceProducts.NOWHERE) {
            return null;
        }
        String value = own < 0 ? null : plain(values[own]);
        int[] slots = products.slots(key);
        for (int i = 0; value == null && i < slots.length; i++) {
            value = plain(values[slots[i]]);
        }
        return value == null ? labelled(key) : value;
    }

    /** The value of a custom string whose label names the key, {@code cs4Label=Process Command Line}. */
    private @Nullable String labelled(ExtensionField key) {
        for (int[] custom : products.customStrings()) {
            String label = values[custom[0]];
            if (label != null && DeviceProducts.LABELS.get(label.toLowerCase(Locale.ROOT)) == key) {
                return plain(values[custom[1]]);
            }
        }
        return null;
    }

    boolean isCut() {
        return isCut;
    }

    private static @Nullable String plain(@Nullable String value) {
        String text = Placeholders.absent(value);
        return text == null || text.indexOf('\\') < 0 ? text : unescaped(text);
    }

    /**
     * Undoes the escapes of backslash, equals sign and bar. Those of line breaks are left, since many products write
     * paths without escaping them.
     */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean isUncPath = text.startsWith("\\\\") && !text.startsWith("\\\\\\\\");
        int from = isUncPath ? 2 : 0;
        plain.append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "\\=|".indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                c = text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
