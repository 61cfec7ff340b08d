package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.event.Autostart;
import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.lists.DataList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands, writes and settings that attackers use after the first code ran, with their techniques: a dated list. A
 * process costs one lookup of its image's name, a write one search for each of some twenty parts of paths.
 */
public final class FollowOnCatalogue {

    private static final String ANY = "any";
    private static final int MAX_COMMAND = 8_192;

    private final String version;
    private final Map<String, List<Row>> byImage = new HashMap<>();
    private final List<Row> byPath = new ArrayList<>();
    private final Map<AutostartKind, List<Row>> bySetting = new EnumMap<>(AutostartKind.class);

    /** What a row of the list says. */
    public record Activity(
            String technique, String techniqueName, String tactic, String tacticName, String what, String shown) {}

    /** A word of the list; one in lower case is found in any case. */
    private record Word(String text, boolean isLower) {

        static Word of(String text) {
            return new Word(text, text.equals(text.toLowerCase(Locale.ROOT)));
        }

        boolean isIn(String text, String lower) {
            return (isLower ? lower : text).contains(this.text);
        }
    }

    private record Row(@Nullable Platform platform, List<List<Word>> words, Activity activity) {

        boolean isOn(Platform host) {
            return platform == null || host == Platform.UNKNOWN || platform == host;
        }
    }

    private FollowOnCatalogue(String version) {
        this.version = version;
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static FollowOnCatalogue of(DataList list) {
        var catalogue = new FollowOnCatalogue(list.version());
        list.forEach(catalogue::add);
        return catalogue;
    }

    private void add(DataList.Row row) {
        @Nullable Platform platform = row.text(0).equals(ANY) ? null : row.one(0, Platform.class);
        var activity = new Activity(row.text(4), row.text(5), row.text(6), row.text(7), row.text(8), "");
        List<String> subjects =
                row.words(2).stream().map(FollowOnCatalogue::blanks).toList();
        switch (row.text(1)) {
            case "command" -> {
                var added = new Row(platform, alternatives(row.words(3)), activity);
                subjects.forEach(image ->
                        byImage.computeIfAbsent(image, any -> new ArrayList<>()).add(added));
            }
            case "file" -> byPath.add(new Row(platform, List.of(words(subjects)), activity));
            case "registry" -> addSetting(AutostartKind.REGISTRY_VALUE, platform, subjects, activity);
            case "task" -> addSetting(AutostartKind.SCHEDULED_TASK, platform, subjects, activity);
            case "service" -> addSetting(AutostartKind.SERVICE, platform, subjects, activity);
            default ->
                throw new IllegalArgumentException(
                        "column 2 is '" + row.text(1) + "' but must be command, file, registry, task or service");
        }
    }

    private void addSetting(AutostartKind kind, @Nullable Platform platform, List<String> parts, Activity activity) {
        bySetting
                .computeIfAbsent(kind, any -> new ArrayList<>())
                .add(new Row(platform, parts.contains("*") ? List.of() : List.of(words(parts)), activity));
    }

    private static List<List<Word>> alternatives(List<String> all) {
        return all.stream()
                .map(word -> words(List.of(blanks(word).split("\\|"))))
                .toList();
    }

    private static List<Word> words(List<String> texts) {
        return texts.stream().map(Word::of).toList();
    }

    private static String blanks(String word) {
        return word.replace('~', ' ');
    }

    /** Date of the list. */
    public String version() {
        return version;
    }

    /** What an event is known to be used for; null where it is no such process, write or setting. */
    public @Nullable Activity of(Event event) {
        Platform platform =
                event.getHost() == null ? Platform.UNKNOWN : event.getHost().getPlatform();
        if (event.getKind() == EventKind.PROCESS_START && event.getProcess() != null) {
            return ofCommand(event.getProcess(), platform);
        }
        if (event.getKind() == EventKind.AUTOSTART && event.getAutostart() != null) {
            return ofSetting(event.getAutostart(), platform);
        }
        return event.getKind() == EventKind.FILE_WRITE && event.getFile() != null
                ? first(byPath, event.getFile().getPath(), platform)
                : null;
    }

    private @Nullable Activity ofSetting(Autostart setting, Platform platform) {
        Activity found = first(bySetting.getOrDefault(setting.getKind(), List.of()), setting.getLocation(), platform);
        return found == null || setting.getCommand() == null
                ? found
                : new Activity(
                        found.technique(),
                        found.techniqueName(),
                        found.tactic(),
                        found.tacticName(),
                        found.what(),
                        found.shown() + " = " + setting.getCommand());
    }

    private @Nullable Activity ofCommand(Process process, Platform platform) {
        String image = process.getExecutable() == null ? process.getName() : process.getExecutable();
        if (image == null) {
            return null;
        }
        List<Row> rows = byImage.get(FileNames.ofPath(image).toLowerCase(Locale.ROOT));
        return rows == null
                ? null
                : first(rows, process.getCommandLine() == null ? image : process.getCommandLine(), platform);
    }

    private static @Nullable Activity first(List<Row> rows, String text, Platform platform) {
        String shown = text.length() > MAX_COMMAND ? text.substring(0, MAX_COMMAND) : text;
        String lower = shown.toLowerCase(Locale.ROOT);
        for (Row row : rows) {
            if (row.isOn(platform) && hasAll(row.words(), shown, lower)) {
                Activity found = row.activity();
                return new Activity(
                        found.technique(),
                        found.techniqueName(),
                        found.tactic(),
                        found.tacticName(),
                        found.what(),
                        shown);
            }
        }
        return null;
    }

    private static boolean hasAll(List<List<Word>> words, String text, String lower) {
        for (int i = 0; i < words.size(); i++) {
            if (!hasAny(words.get(i), text, lower)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAny(List<Word> alternatives, String text, String lower) {
        for (int i = 0; i < alternatives.size(); i++) {
            if (alternatives.get(i).isIn(text, lower)) {
                return true;
            }
        }
        return false;
    }
}
