package io.clicktrail.normalizer.linux;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Platforms;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Quarantine;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of osquery's queries of macOS's quarantine: of its database (QuarantineEventsV2 as an ATC table) and of the
 * attribute {@code com.apple.quarantine} (extended_attributes). Their times are in forms of their own. Its other tables
 * are in {@code formats/osquery.yaml}.
 */
public final class OsqueryQuarantineJson implements JsonFormat {

    private static final String DATASET = "osquery.result";

    /** Seconds from 1970 to 2001, where macOS's own clock begins. */
    private static final long COCOA_EPOCH = 978_307_200L;

    private final int hostIdentifier;
    private final int action;
    private final int unixTime;
    private final int platform;
    private final int hostname;
    private final int path;
    private final int attributeKey;
    private final int attributeValue;
    private final int time;
    private final int agent;
    private final int url;
    private final int origin;

    public OsqueryQuarantineJson(JsonPaths paths) {
        hostIdentifier = paths.field("hostIdentifier");
        action = paths.field("action");
        unixTime = paths.field("unixTime");
        platform = paths.field("decorations.platform");
        hostname = paths.field("decorations.hostname");
        path = paths.field("columns.path");
        attributeKey = paths.field("columns.key");
        attributeValue = paths.field("columns.value");
        time = paths.field("columns.LSQuarantineTimeStamp");
        agent = paths.field("columns.LSQuarantineAgentName");
        url = paths.field("columns.LSQuarantineDataURLString");
        origin = paths.field("columns.LSQuarantineOriginURLString");
    }

    @Override
    public String name() {
        return "osquery.quarantine";
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(hostIdentifier)
                && (document.has(time) || Quarantine.ATTRIBUTE.equals(document.get(attributeKey)));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        EventDraft draft = "removed".equals(document.get(action))
                ? null
                : document.has(time) ? download(document) : attribute(document);
        if (draft == null) {
            return new Outcome.Ignored(DATASET, "row without use here");
        }
        if (draft.time() == null) {
            draft.time(EventTime.epoch(document.get(unixTime)));
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        String named = document.get(hostname);
        String os = document.get(platform);
        return context.event(
                draft.code("quarantine")
                        .host(Hosts.of(
                                named == null ? document.get(hostIdentifier) : named,
                                os == null && document.has(time) ? Platform.MACOS : Platforms.named(os),
                                null)),
                this);
    }

    /** The download's URL and page, and the application that marked it, but not the file's path. */
    private @Nullable EventDraft download(JsonFields document) {
        String from = Placeholders.absent(document.get(url));
        Long seconds = Numbers.whole(document.get(time));
        return from == null || seconds == null
                ? null
                : mark(
                        EventTime.epoch(Long.toString(seconds + COCOA_EPOCH)),
                        document.get(agent),
                        new FileDraft(FilePath.ofUrl(from)).origin(from, Placeholders.absent(document.get(origin))));
    }

    /** Since when a file is marked and by whom. */
    private @Nullable EventDraft attribute(JsonFields document) {
        String file = document.get(path);
        Quarantine quarantine = Quarantine.of(document.get(attributeValue));
        return file == null || quarantine == null
                ? null
                : mark(quarantine.time(), quarantine.agent(), new FileDraft(FilePath.posix(file)));
    }

    private static EventDraft mark(@Nullable EventTime when, @Nullable String by, FileDraft file) {
        return new EventDraft(DATASET, EventKind.FILE_MARK)
                .time(when)
                .process(by == null ? null : new ProcessDraft().name(by).build())
                .file(file.mark(MarkAction.SET).build());
    }
}
