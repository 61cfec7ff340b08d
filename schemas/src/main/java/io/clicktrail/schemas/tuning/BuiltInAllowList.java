package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.ElementType.AllowEntries;
import io.clicktrail.tuning.AllowEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The built-in AllowedCDNs, from allowed-cdns.yaml. */
final class BuiltInAllowList {

    private static final String FILE = "allowed-cdns.yaml";
    private static final Map<Platform, List<AllowEntry>> ENTRIES = read();

    private BuiltInAllowList() {}

    static List<AllowEntry> of(Platform platform) {
        return ENTRIES.getOrDefault(platform, List.of());
    }

    private static Map<Platform, List<AllowEntry>> read() {
        Map<Platform, List<AllowEntry>> entries = new EnumMap<>(Platform.class);
        try {
            for (var value : YamlNodes.values(YamlNodes.root(text())).entrySet()) {
                entries.put(
                        Platform.valueOf(value.getKey()), new AllowEntries().read(value.getValue(), value.getKey()));
            }
        } catch (YamlMistake e) {
            throw new IllegalStateException(e.in(FILE).toString(), e);
        }
        return entries;
    }

    private static String text() {
        try (InputStream in = BuiltInAllowList.class.getResourceAsStream("/io/clicktrail/schemas/tuning/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
