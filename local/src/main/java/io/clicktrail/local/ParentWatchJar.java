package io.clicktrail.local;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar with the few classes that a child process needs. The parent's classes may be in a folder or in a nested jar,
 * which a class path or a CDS archive does not support.
 */
public final class ParentWatchJar {

    private static final List<String> CONTENT = List.of(
            ParentWatch.class.getSimpleName() + ".class",
            BrokerMain.class.getSimpleName() + ".class",
            "broker-logback.xml");

    private ParentWatchJar() {}

    /**
     * End of the command line of a Java process that ends with the process that starts it: class path and main class.
     * Its shutdown may take as many seconds as its system property {@code clicktrail.parent.grace.seconds} says, else
     * 8, from when its standard input is closed, by {@link Process#destroy} too.
     *
     * @param directory where the jar is, or is written
     * @param main main class, which gets the arguments that follow
     */
    public static List<String> command(Path directory, String classPath, String main) {
        return List.of("-cp", in(directory) + File.pathSeparator + classPath, ParentWatch.class.getName(), main);
    }

    /** The jar in a folder; it is rewritten only if its content has changed, so that CDS archives stay valid. */
    static Path in(Path directory) {
        var jar = directory.resolve("parent-watch.jar");
        try {
            Files.createDirectories(directory);
            var content = content();
            if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
                var whole = Files.write(Files.createTempFile(directory, "parent-watch", ".jar"), content);
                Files.move(whole, jar, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new LocalStackException("Can't write " + jar, e);
        }
        return jar;
    }

    private static byte[] content() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var folder = ParentWatchJar.class.getPackageName().replace('.', '/') + "/";
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : CONTENT) {
                var entry = new ZipEntry(folder + name);
                entry.setTime(0);
                zip.putNextEntry(entry);
                try (var resource = ParentWatchJar.class.getResourceAsStream(name)) {
                    if (resource == null) {
                        throw new FileNotFoundException(name);
                    }
                    resource.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
