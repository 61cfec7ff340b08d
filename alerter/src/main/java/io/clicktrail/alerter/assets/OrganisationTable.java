package io.clicktrail.alerter.assets;

import io.clicktrail.alert.PlaybookRef;
import io.clicktrail.organisation.DeviceType;
import io.clicktrail.organisation.OrganisationEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What the organisation knows, as its topic says it now: hosts, people, exercises, playbooks. Entries come while cases
 * are written; a case that is written later knows them.
 *
 * <p>Exact names are found in a hash table, so that a large inventory costs a case nothing; patterns, exercises and
 * playbooks are few and bounded. What the settings say of a host or account counts where no entry names it.
 */
public final class OrganisationTable {

    /** Names of hosts and accounts, together. */
    static final int MAX_NAMES = 500_000;

    static final int MAX_PATTERNS = 1_000;
    static final int MAX_EXERCISES = 1_000;
    static final int MAX_PLAYBOOKS = 16;
    private static final int MAX_NAMES_OF_ENTRY = 8;
    private static final int MAX_TEXT = 255;

    private final Map<String, OrganisationEntry> entries = new ConcurrentHashMap<>();
    private final Map<String, HostAsset> hosts = new ConcurrentHashMap<>();
    private final Map<String, PersonAsset> people = new ConcurrentHashMap<>();
    private final Map<String, HostAsset> hostPatterns = new ConcurrentSkipListMap<>();
    private final Map<String, PersonAsset> peoplePatterns = new ConcurrentSkipListMap<>();
    private final Map<String, Exercise> exercises = new ConcurrentSkipListMap<>();
    private final Map<String, PlaybookRef> playbooks = new ConcurrentSkipListMap<>();

    /** Key of an entry on the topic. */
    public static String key(OrganisationEntry entry) {
        return entry.getKind() + " " + entry.getNames().getFirst();
    }

    /** The entry of a key, null where there is none. */
    public @Nullable OrganisationEntry entry(String key) {
        return entries.get(key);
    }

    /** Number of entries. */
    public int size() {
        return entries.size();
    }

    /**
     * Takes an entry in, in place of an earlier one of its key; the earlier one stays where it is refused.
     *
     * @return why it is refused; null where it is not
     */
    public synchronized @Nullable String offer(String key, OrganisationEntry entry) {
        OrganisationEntry before = entries.get(key);
        remove(key);
        String refusal = put(key, entry);
        if (refusal != null) {
            remove(key);
            if (before != null) {
                put(key, before);
            }
        }
        return refusal;
    }

    private @Nullable String put(String key, OrganisationEntry entry) {
        entries.put(key, entry);
        try {
            return add(key, entry);
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    private @Nullable String add(String key, OrganisationEntry entry) {
        if (entry.getNames().isEmpty() || entry.getNames().size() > MAX_NAMES_OF_ENTRY) {
            throw new IllegalArgumentException(
                    "has " + entry.getNames().size() + " names but must have 1 to " + MAX_NAMES_OF_ENTRY);
        }
        entry.getNames().forEach(OrganisationTable::check);
        return switch (entry.getKind()) {
            case HOST -> put(entry, host(entry), hosts, hostPatterns);
            case PERSON -> put(entry, person(entry), people, peoplePatterns);
            case EXERCISE -> {
                Exercise exercise = Exercise.of(entry);
                if (exercises.size() >= MAX_EXERCISES) {
                    yield "there are " + MAX_EXERCISES + " exercises already";
                }
                exercises.put(key, exercise);
                yield null;
            }
            case PLAYBOOK -> {
                if (playbooks.size() >= MAX_PLAYBOOKS) {
                    yield "there are " + MAX_PLAYBOOKS + " playbooks already";
                }
                playbooks.put(
                        key,
                        new PlaybookRef(
                                entry.getStandard() == null ? "CACAO" : entry.getStandard(),
                                entry.getNames().getFirst(),
                                entry.getVersion(),
                                entry.getUrl()));
                yield null;
            }
        };
    }

    private <T> @Nullable String put(OrganisationEntry entry, T asset, Map<String, T> exact, Map<String, T> patterns) {
        for (String given : entry.getNames()) {
            String name = given.toLowerCase(Locale.ROOT);
            boolean isPattern = name.indexOf('*') >= 0;
            if (isPattern && patterns.size() >= MAX_PATTERNS) {
                return "there are " + MAX_PATTERNS + " patterns already";
            }
            if (!isPattern && hosts.size() + people.size() >= MAX_NAMES) {
                return "there are " + MAX_NAMES + " names already";
            }
            (isPattern ? patterns : exact).put(name, asset);
        }
        return null;
    }

    private static void check(String name) {
        if (name.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a name is longer than " + MAX_TEXT + " characters");
        }
        new NamePattern(name);
    }

    /** Takes an entry out. */
    public synchronized void remove(String key) {
        OrganisationEntry entry = entries.remove(key);
        exercises.remove(key);
        playbooks.remove(key);
        if (entry != null) {
            for (String given : entry.getNames()) {
                String name = given.toLowerCase(Locale.ROOT);
                switch (entry.getKind()) {
                    case HOST -> {
                        hosts.remove(name);
                        hostPatterns.remove(name);
                    }
                    case PERSON -> {
                        people.remove(name);
                        peoplePatterns.remove(name);
                    }
                    case EXERCISE, PLAYBOOK -> {}
                }
            }
        }
    }

    private static HostAsset host(OrganisationEntry entry) {
        return new HostAsset(
                new NamePattern(entry.getNames().getFirst()),
                entry.getCriticality(),
                kind(entry.getDeviceType()),
                entry.getManaged(),
                entry.getZone());
    }

    private static HostAsset.@Nullable Kind kind(DeviceType type) {
        return switch (type) {
            case UNKNOWN -> null;
            case SERVER -> HostAsset.Kind.SERVER;
            case WORKSTATION -> HostAsset.Kind.WORKSTATION;
            case LAPTOP -> HostAsset.Kind.LAPTOP;
        };
    }

    private static PersonAsset person(OrganisationEntry entry) {
        return new PersonAsset(
                new NamePattern(entry.getNames().getFirst()),
                entry.getPrivileged(),
                entry.getVip(),
                entry.getDepartment());
    }

    /**
     * What is known of the host and the account of a chain together.
     *
     * @param settings what the settings say
     * @param host host key; a short name in the table means the qualified host as well
     * @param user canonical user key
     */
    public AssetImportance importance(AssetInventory settings, String host, @Nullable String user) {
        AssetImportance ofSettings = settings.importance(host, user);
        HostAsset knownHost = host(host);
        PersonAsset knownPerson = user == null ? null : person(user);
        return new AssetImportance(
                knownHost == null ? ofSettings.host() : knownHost,
                knownPerson == null ? ofSettings.person() : knownPerson);
    }

    private @Nullable HostAsset host(String key) {
        HostAsset exact = hosts.get(key);
        int dot = key.indexOf('.');
        if (exact == null && dot > 0 && key.indexOf(':') < 0) {
            exact = hosts.get(key.substring(0, dot));
        }
        return exact == null ? fitting(hostPatterns, List.of(key)) : exact;
    }

    private @Nullable PersonAsset person(String key) {
        List<String> names = AccountNames.of(key);
        for (String name : names) {
            PersonAsset exact = people.get(name);
            if (exact != null) {
                return exact;
            }
        }
        return fitting(peoplePatterns, names);
    }

    private static <T> @Nullable T fitting(Map<String, T> patterns, List<String> names) {
        for (Map.Entry<String, T> each : patterns.entrySet()) {
            var pattern = new NamePattern(each.getKey());
            if (names.stream().anyMatch(pattern::fits)) {
                return each.getValue();
            }
        }
        return null;
    }

    /** The exercise that a case is of, of several the first by name; null where it is of none. */
    public @Nullable Exercise exercise(Exercise.Subject subject) {
        for (Exercise exercise : exercises.values()) {
            if (exercise.covers(subject)) {
                return exercise;
            }
        }
        return null;
    }

    /** Whether any exercise is known. */
    public boolean knowsExercises() {
        return !exercises.isEmpty();
    }

    /** The playbooks of the settings, and those of the table by id, at most {@value #MAX_PLAYBOOKS}. */
    public List<PlaybookRef> playbooks(List<PlaybookRef> settings) {
        var all = new ArrayList<>(settings);
        all.addAll(playbooks.values());
        return all.stream().limit(MAX_PLAYBOOKS).toList();
    }
}
