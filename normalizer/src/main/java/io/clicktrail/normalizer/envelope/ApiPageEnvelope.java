package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a web API as it was answered: Proofpoint's four lists beside {@code queryEndTime}, whose names say what
 * became of their records, Mimecast's {@code data} between {@code meta} and {@code fail}, with {@code clickLogs} in it,
 * and {@code value} beside {@code @odata.context} of Microsoft's.
 */
public final class ApiPageEnvelope implements JsonEnvelope {

    private static final List<String> NAMES = List.of(
            "clicksPermitted", "clicksBlocked", "messagesDelivered", "messagesBlocked", "data", "clickLogs", "value");

    private final int[] lists;

    /** The sibling of a list of each name; -1 for those whose name says enough. */
    private final int[] besides;

    public ApiPageEnvelope(JsonPaths paths) {
        lists = NAMES.stream().mapToInt(paths::span).toArray();
        besides = NAMES.stream()
                .mapToInt(name -> switch (name) {
                    case "data" -> paths.span("fail");
                    case "value" -> paths.span("@odata.context");
                    default -> -1;
                })
                .toArray();
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        Opened opened = null;
        for (int i = lists.length - 1; i >= 0; i--) {
            Span list = document.inner(lists[i]);
            boolean isPage = besides[i] < 0 || document.inner(besides[i]) != null;
            if (list != null && isPage && isFilled(list)) {
                opened = new Opened(list, new EnvelopeMetadata(null, null, NAMES.get(i)), false, opened);
            }
        }
        return opened;
    }

    private static boolean isFilled(Span list) {
        return list.length() > 2 && list.bytes()[list.from()] == '[';
    }
}
