package io.clicktrail.normalizer.macos;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.envelope.CollectorHost;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Apple's unified log as {@code log stream --style ndjson} writes it. The meaning of a message is in its text alone,
 * see {@link UnifiedLogPatterns}. It names no host: that must come with the transport or from the collector.
 */
public final class UnifiedLogJson implements JsonFormat {

    private static final String DATASET = "macos.unified-log";
    private static final int SUMMARY_NAMES = 2;

    private final UnifiedLogPatterns patterns;
    private final CollectorHost collector;
    private final int machTimestamp;
    private final int message;
    private final int timestamp;
    private final int processPath;
    private final int processId;
    private final int userId;
    private final int count;
    private final int finished;

    public UnifiedLogJson(JsonPaths paths, UnifiedLogPatterns patterns) {
        this.patterns = patterns;
        collector = new CollectorHost(paths);
        machTimestamp = paths.field("machTimestamp");
        message = paths.field("eventMessage");
        timestamp = paths.field("timestamp");
        processPath = paths.field("processImagePath");
        processId = paths.field("processID");
        userId = paths.field("userID");
        count = paths.field("count");
        finished = paths.field("finished");
    }

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return (document.has(machTimestamp) && document.has(message)) || isSummary(document);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String text = document.get(message);
        String image = document.get(processPath);
        UnifiedLogPatterns.Meaning meaning = text == null
                ? null
                : patterns.meaning(image == null ? null : FilePath.posix(image).name(), text);
        if (meaning == null) {
            return new Outcome.Ignored(DATASET, "message without use here");
        }
        EventTime time = context.time(document.get(timestamp));
        if (time == null) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        EventDraft draft = new EventDraft(DATASET, meaning.kind())
                .time(time)
                .host(Hosts.of(collector.of(document, context), Platform.MACOS, null))
                .user(Users.of(null, null, document.get(userId)));
        if (meaning.kind() == EventKind.URL_OPEN) {
            draft.url(meaning.url()).process(process(document, image).build());
        } else {
            ProcessDraft process = process(document, image);
            draft.file(file(meaning))
                    .process((meaning.agent() == null ? process : new ProcessDraft().name(meaning.agent())).build());
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, this);
    }

    private boolean isSummary(JsonFields document) {
        return document.has(finished) && document.has(count) && document.topLevelNames() == SUMMARY_NAMES;
    }

    private ProcessDraft process(JsonFields document, @Nullable String image) {
        return new ProcessDraft()
                .pid(Numbers.whole(document.get(processId)))
                .name(image == null ? null : FilePath.posix(image).name())
                .executable(image);
    }

    /** Where the message does not say which file was marked, the last part of its URL's path is taken. */
    private static File file(UnifiedLogPatterns.Meaning meaning) {
        FilePath path = meaning.path() != null ? FilePath.posix(meaning.path()) : FilePath.ofUrl(meaning.url());
        return new FileDraft(path)
                .origin(meaning.url(), meaning.origin())
                .mark(MarkAction.SET)
                .build();
    }
}
