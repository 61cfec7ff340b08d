package io.clicktrail.correlator.detection;

import io.clicktrail.detection.ContentVerdict;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dated list of content types: which extensions honestly hold which content. It is the only place that says so; the
 * detection carries its verdicts.
 *
 * <p>A row is a kind of content: its media types, the extensions that hold it, and the extension classes that may hold
 * it where no row names the extension. Rows with classes are content that can run or carry code. A media type may be in
 * several rows; what one of them allows is honest.
 */
final class ContentTypes {

    private static final String LIST = "content-types-2026-11.csv";

    private static final Map<String, Honest> HONEST = new HashMap<>();
    private static final Set<String> EXTENSIONS = new HashSet<>();

    static {
        read();
    }

    private record Honest(Set<String> extensions, Set<ExtensionClass> classes) {}

    private ContentTypes() {}

    private static void read() {
        try (var file = Objects.requireNonNull(ContentTypes.class.getResourceAsStream(LIST), LIST)) {
            DataList.read(LIST, ';', file).forEach(ContentTypes::add);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void add(DataList.Row row) {
        var extensions = row.words(2);
        var classes = EnumSet.noneOf(ExtensionClass.class);
        row.words(3).forEach(name -> classes.add(ExtensionClass.valueOf(name)));
        EXTENSIONS.addAll(extensions);
        for (var type : row.words(1)) {
            var honest = HONEST.computeIfAbsent(
                    type, none -> new Honest(new HashSet<>(), EnumSet.noneOf(ExtensionClass.class)));
            honest.extensions.addAll(extensions);
            honest.classes.addAll(classes);
        }
    }

    /**
     * Compares content with the extension of a file.
     *
     * @param type media type, lower case, without parameters
     * @param extension lower case, without the dot; null where the name has none
     * @param extensionClass class that the enricher gives the extension
     */
    static ContentVerdict compare(String type, @Nullable String extension, ExtensionClass extensionClass) {
        var honest = HONEST.get(type);
        if (honest == null || honest.extensions.isEmpty()) {
            return ContentVerdict.SAYS_NOTHING;
        }
        if (extension == null || extensionClass == ExtensionClass.NONE) {
            return ContentVerdict.NOTHING_PROMISED;
        }
        if (EXTENSIONS.contains(extension)) {
            return verdict(honest.extensions.contains(extension));
        }
        return honest.classes.isEmpty()
                ? ContentVerdict.NOTHING_PROMISED
                : verdict(honest.classes.contains(extensionClass));
    }

    private static ContentVerdict verdict(boolean isHonest) {
        return isHonest ? ContentVerdict.MATCHES : ContentVerdict.MISMATCH;
    }

    /** Whether content of this type can run or carry code. */
    static boolean isActive(String type) {
        var honest = HONEST.get(type);
        return honest != null && !honest.classes.isEmpty();
    }
}
