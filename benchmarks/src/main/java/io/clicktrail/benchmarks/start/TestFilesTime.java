package io.clicktrail.benchmarks.start;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Time of {@code clicktrail test} from the start of its process to its end, over files of tests as they ship. */
public final class TestFilesTime {

    private static final String TESTS = "standalone/src/test/resources/detections";
    private static final String SUFFIX = ".test.yaml";
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final Path root;

    /** @param root of the project */
    public TestFilesTime(PrintStream out, Path root) {
        this.out = out;
        this.root = root;
    }

    /**
     * Runs at least so many files of tests, copies of the project's own, and prints a line for each run. The first run
     * may write the archive of classes that the later ones start with.
     *
     * @return whether all runs ended well, and the last one within the time
     */
    public boolean measure(int files, int runs, double mostSeconds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("clicktrail-tests-");
        try {
            int copies = copy(files, folder);
            double seconds = 0;
            boolean isFine = true;
            for (int run = 1; run <= runs; run++) {
                long start = System.nanoTime();
                int exit = run(folder);
                seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
                isFine &= exit == 0;
                out.printf(
                        Locale.ROOT,
                        "run %d: %d files in %.1f s with the start, exit code %d%n",
                        run,
                        copies,
                        seconds,
                        exit);
            }
            return isFine && seconds < mostSeconds;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private int run(Path folder) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(root.resolve("clicktrail").toString(), "test", folder.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /** Copies the folder of tests until there are enough, each to a folder as far from the demo's logs as its own. */
    private int copy(int files, Path folder) throws IOException {
        Path tests = root.resolve(TESTS);
        Path resources = folder.resolve("src/main/resources");
        FileSystemUtils.copyRecursively(root.resolve("standalone/src/main/resources"), resources);
        int each = count(tests);
        int copies = 0;
        for (int copy = 0; copies < files; copy++, copies += each) {
            FileSystemUtils.copyRecursively(tests, folder.resolve("src/test/resources/copy-" + copy));
        }
        return copies;
    }

    private static int count(Path tests) throws IOException {
        try (Stream<Path> all = Files.list(tests)) {
            int found = Math.toIntExact(
                    all.filter(file -> file.toString().endsWith(SUFFIX)).count());
            if (found == 0) {
                throw new IOException("no tests below " + tests);
            }
            return found;
        }
    }
}
