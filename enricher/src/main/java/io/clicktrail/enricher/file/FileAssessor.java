package io.clicktrail.enricher.file;

import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.FileRisk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assesses a file by its path, its name and its mark. */
public final class FileAssessor {

    private FileAssessor() {}

    /** True for a name with a high-risk extension or of an unfinished download. */
    public static boolean couldBeDownload(String name, Extensions extensions) {
        String extension = FileNames.extension(name);
        return extension != null && extensions.isHighRisk(extension) || FileNames.isTemporary(name);
    }

    /** True for a name with a high-risk extension, or with none, as programs of Unix have. */
    public static boolean couldRun(String name, Extensions extensions) {
        String extension = FileNames.extension(name);
        return extension == null || extensions.isHighRisk(extension);
    }

    /** False for the path of a plain document, image or the like, whose name does not deceive. */
    public static boolean couldCarryCode(String path, Extensions extensions) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String extension = FileNames.extension(name);
        return extension == null
                || extensions.dangerOf(extension) != FileDanger.HARMLESS
                || FileNames.isDeceptive(name, extensions);
    }

    /** True where POSIX permissions, octal, let anybody run the file. */
    public static boolean isExecutable(@Nullable String mode) {
        if (mode == null || mode.length() < 3) {
            return false;
        }
        for (int i = mode.length() - 3; i < mode.length(); i++) {
            if ((mode.charAt(i) & 1) == 1) {
                return true;
            }
        }
        return false;
    }

    /**
     * Assesses a file.
     *
     * @param path full path
     * @param name file name
     * @param referrerTenantKey tenant key of the Mark of the Web referrer, if there is one
     */
    public static FileRisk assess(
            Platform platform,
            String path,
            String name,
            @Nullable String referrerTenantKey,
            UserPaths userPaths,
            Extensions extensions) {
        String rule = userPaths.ruleOf(platform, path);
        boolean isInDownloadFolder = FileNames.isInDownloadFolder(path);
        boolean temporary = isInDownloadFolder || FileNames.isTemporary(name);
        @Nullable String finalName = isInDownloadFolder ? name : temporary ? FileNames.finalName(name) : null;
        String shown = finalName == null ? name : finalName;
        @Nullable
        String extension =
                temporary && finalName == null ? FileNames.promisedExtension(name) : FileNames.extension(shown);
        return FileRisk.newBuilder()
                .setUserWritable(rule != null)
                .setPathRule(rule)
                .setExtensionClass(extension == null ? ExtensionClass.NONE : extensions.classOf(extension))
                .setHighRiskExtension(extension != null && extensions.isHighRisk(extension))
                .setDanger(extension == null ? FileDanger.UNKNOWN : extensions.dangerOf(extension))
                .setDeceptiveName(FileNames.isDeceptive(shown, extensions))
                .setTemporaryName(temporary)
                .setFinalName(finalName)
                .setUnnamed(false)
                .setVendor(null)
                .setReferrerTenantKey(referrerTenantKey)
                .setIntel(List.of())
                .build();
    }
}
