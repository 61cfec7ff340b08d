package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.stack.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The builds that the services of a round run: this one, and perhaps an earlier one to upgrade from.
 *
 * @param present this build
 * @param previous another one, from whose state this one has to go on
 */
record Builds(Build present, Build previous) {

    /**
     * This build, and another one.
     *
     * @param archives where AOT caches outlive a process
     * @param earlier folder of the jars of another build, for example {@code lib} of a distribution; null for this one
     *     in its place
     * @throws IOException if the folder can't be read
     */
    static Builds of(Path archives, @Nullable Path earlier) throws IOException {
        var present = new Build("present", ownJars(), archives, false);
        return new Builds(present, earlier == null ? present : new Build("previous", jars(earlier), archives, false));
    }

    /** The same, in which one service leaves an AOT cache when it ends in peace. */
    Builds training() {
        return new Builds(present.training(), previous.training());
    }

    boolean differ() {
        return !present.equals(previous);
    }

    /**
     * Jars.
     *
     * @param name of its AOT cache, which is the cache of all services: they share most of their classes
     * @param trains whether the service with the most classes leaves an AOT cache, where there is none, when it ends in
     *     peace
     */
    record Build(String name, List<String> jars, Path archives, boolean trains) {

        Build {
            jars = List.copyOf(jars);
        }

        private Build training() {
            return new Build(name, jars, archives, true);
        }

        /** Java options that make a start faster. */
        List<String> startOptions(Service service) {
            var cache = archives.resolve(name + ".aot");
            if (Files.exists(cache)) {
                return List.of("-XX:AOTCache=" + cache);
            }
            return trains && service == Service.ALERTER ? List.of("-XX:AOTCacheOutput=" + cache) : List.of();
        }

        String classPath() {
            return String.join(File.pathSeparator, jars);
        }

        /** Location of the service's {@code application.yaml} in this build. */
        String settings(Service service) {
            return jars.stream()
                    .map(Path::of)
                    .filter(jar -> isModule(jar.getFileName().toString(), service.label()))
                    .findFirst()
                    .map(jar -> "jar:" + jar.toUri() + "!/application.yaml")
                    .orElseThrow(() -> new IllegalStateException("The " + name + " build has no " + service.label()));
        }

        private static boolean isModule(String jar, String module) {
            return jar.equals(module + ".jar") || jar.startsWith(module + "-");
        }
    }

    /** An AOT cache wants jars only. */
    private static List<String> ownJars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(Builds::isOfServices)
                .toList();
    }

    private static List<String> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(Builds::isOfServices)
                    .sorted()
                    .toList();
        }
    }

    /** None that logs otherwise than an image does. */
    private static boolean isOfServices(String jar) {
        var name = Path.of(jar).getFileName().toString();
        return name.endsWith(".jar") && !name.endsWith("-tests.jar") && !name.startsWith("standalone");
    }
}
