package io.clicktrail.local;

import java.io.ByteArrayOutputStream;
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
 * The few classes of ours that a child process needs, as a jar of its own: the parent's may lie in a folder or inside
 * another jar, where a class path can't point or a shared class archive does not work.
 */
final class ParentWatchJar {

    private static final List<String> CONTENT = List.of("Leash.class", "BrokerMain.class", "broker-logback.xml");

    private ParentWatchJar() {}

    /** The jar in a folder, written anew only when its content has changed, so that archives stay valid. */
    static Path in(Path directory) {
        var jar = directory.resolve("leash.jar");
        try {
            Files.createDirectories(directory);
            var content = content();
            if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
                var whole = Files.write(Files.createTempFile(directory, "leash", ".jar"), content);
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
