package io.clicktrail.benchmarks.detection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Lists of names and places, from {@code lists.yaml}. */
final class RandomChoice {
    private static final Map<String, List<String>> ALL = read();

    private RandomChoice() {}

    static List<String> of(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    static String any(String name, SplittableRandom random) {
        return any(of(name), random);
    }

    static <T> T any(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Map<String, List<String>> read() {
        try (InputStream in = Objects.requireNonNull(RandomChoice.class.getResourceAsStream("lists.yaml"))) {
            Map<String, List<?>> lists = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return lists.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey,
                            list -> list.getValue().stream()
                                    .map(String::valueOf)
                                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
