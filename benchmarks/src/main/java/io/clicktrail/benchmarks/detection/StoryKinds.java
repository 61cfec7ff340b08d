package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The kinds of stories, from the YAML files beside this class: those with files, and those with forms and sign-ins. */
final class StoryKinds {
    private static final Set<String> RUNS = Set.of("run", "paste");
    private static final String LINK = "{base}/";

    private StoryKinds() {}

    static List<StoryKind> hostile() {
        return together("hostile.yaml", "hostile-credentials.yaml", true);
    }

    static List<StoryKind> ordinary() {
        return together("ordinary.yaml", "ordinary-forms.yaml", false);
    }

    private static List<StoryKind> together(String files, String credentials, boolean hostile) {
        var kinds = new ArrayList<>(read(files, hostile));
        kinds.addAll(read(credentials, hostile));
        return List.copyOf(kinds);
    }

    private static List<StoryKind> read(String resource, boolean hostile) {
        try (InputStream in = Objects.requireNonNull(StoryKinds.class.getResourceAsStream(resource), resource)) {
            var kinds = new ArrayList<StoryKind>();
            for (Object each : new Yaml(new SafeConstructor(new LoaderOptions())).<List<?>>load(in)) {
                Map<?, ?> entry = (Map<?, ?>) each;
                for (String system : texts(entry, "system")) {
                    kinds.add(kind(entry, hostile, OperatingSystem.of(system)));
                }
            }
            return List.copyOf(kinds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoryKind kind(Map<?, ?> entry, boolean hostile, OperatingSystem system) {
        List<String> steps = text(entry, "steps", "")
                .lines()
                .map(String::strip)
                .filter(step -> !step.isEmpty())
                .toList();
        boolean executed = steps.stream().anyMatch(step -> RUNS.contains(step.split(" ", 2)[0]));
        List<DomainKind> places =
                texts(entry, "places").stream().map(DomainKind::of).toList();
        if (places.isEmpty()) {
            places = DomainKind.HOSTILE.stream()
                    .filter(kind -> executed || kind != DomainKind.OLD_SITE)
                    .toList();
        }
        return new StoryKind(
                text(entry, "kind", ""),
                hostile,
                system,
                text(entry, "source", ""),
                texts(entry, "from").stream()
                        .filter(name -> DesktopApplication.exists(system, name))
                        .toList(),
                texts(entry, "browsers"),
                text(entry, "link", LINK),
                places,
                !text(entry, "files", "needed").equals("optional"),
                text(entry, "quic", "false").equals("true"),
                executed,
                steps);
    }

    private static String text(Map<?, ?> entry, String key, String otherwise) {
        Object value = entry.get(key);
        return value == null ? otherwise : value.toString();
    }

    private static List<String> texts(Map<?, ?> entry, String key) {
        return switch (entry.get(key)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case Object one -> List.of(one.toString());
        };
    }
}
