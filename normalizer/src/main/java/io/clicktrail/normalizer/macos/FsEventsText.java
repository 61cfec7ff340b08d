package io.clicktrail.normalizer.macos;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * File system events as lines, {@code [time] path flags}, with the names that fswatch gives the flags
 * (emcrisostomo.github.io/fswatch, {@code -tx}) or those of FSEvents itself. The time is where syslog has it and is
 * read there. FSEvents names no process and no user.
 */
public final class FsEventsText implements TextFormat {

    private static final String DATASET = "macos.fsevents";
    private static final int MAX_FLAG = 24;
    private static final Set<String> WRITES = Set.of(
            "Created", "Updated", "Renamed", "MovedTo", "ItemCreated", "ItemModified", "ItemRenamed", "ItemCloned");
    private static final Set<String> FILES = Set.of("IsFile", "ItemIsFile");
    private static final Set<String> OTHERS = Set.of(
            "Removed",
            "OwnerModified",
            "AttributeModified",
            "MovedFrom",
            "IsDir",
            "IsSymLink",
            "Link",
            "PlatformSpecific",
            "CloseWrite",
            "ItemRemoved",
            "ItemInodeMetaMod",
            "ItemFinderInfoMod",
            "ItemChangeOwner",
            "ItemXattrMod",
            "ItemIsDir",
            "ItemIsSymlink");

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String firstBytes() {
        return "/";
    }

    @Override
    public boolean recognises(Span text) {
        int end = Lines.end(text.bytes(), text.from(), text.to());
        int word = end;
        while (word > text.from() && end - word <= MAX_FLAG && text.bytes()[word - 1] != ' ') {
            word--;
        }
        return word > text.from() + 1
                && text.bytes()[word - 1] == ' '
                && isFlag(new String(text.bytes(), word, end - word, StandardCharsets.ISO_8859_1));
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        boolean isWrite = false;
        boolean isFile = false;
        int end = line.length();
        for (int blank = line.lastIndexOf(' '); blank > 0; blank = line.lastIndexOf(' ', blank - 1)) {
            String word = line.substring(blank + 1, end);
            if (!isFlag(word)) {
                break;
            }
            isWrite |= WRITES.contains(word);
            isFile |= FILES.contains(word);
            end = blank;
        }
        if (!isWrite || !isFile) {
            return new Outcome.Ignored(DATASET, "change without use here");
        }
        return context.event(
                new EventDraft(DATASET, EventKind.FILE_WRITE)
                        .host(Hosts.of(context.metadata().host(), Platform.MACOS, null))
                        .time(context.metadata().time())
                        .file(new FileDraft(FilePath.posix(line.substring(0, end))).build()),
                this);
    }

    private static boolean isFlag(String word) {
        return WRITES.contains(word) || FILES.contains(word) || OTHERS.contains(word);
    }
}
