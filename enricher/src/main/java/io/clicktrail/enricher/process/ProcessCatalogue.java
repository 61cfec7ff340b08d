package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.schemas.lists.DataList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which application an image belongs to, by its file name and platform. */
public final class ProcessCatalogue {

    /** In place of a name: the application is named after its own image. */
    private static final String OWN_NAME = "*";

    private final Map<Platform, Map<String, Application>> images;

    private ProcessCatalogue(Map<Platform, Map<String, Application>> images) {
        this.images = images;
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static ProcessCatalogue of(DataList list) {
        Map<Platform, Map<String, Application>> images = new EnumMap<>(Platform.class);
        list.forEach(row -> {
            var ofPlatform = images.computeIfAbsent(row.one(0, Platform.class), platform -> new HashMap<>());
            var kind = row.one(1, ApplicationKind.class);
            ImageTechnique technique = ImageTechnique.of(row.fields().size() > 4 ? row.words(4) : List.of());
            for (String word : row.words(3)) {
                String image = word.replace('~', ' ');
                String name = row.text(2).equals(OWN_NAME) ? withoutExe(image) : row.text(2);
                ofPlatform.putIfAbsent(image, new Application(name, kind, technique));
            }
        });
        return new ProcessCatalogue(images);
    }

    /** This catalogue with an operator's BrowserParents: image names of link sources, taken as chat where unknown. */
    public ProcessCatalogue with(Platform platform, Collection<String> browserParents) {
        if (browserParents.isEmpty()) {
            return this;
        }
        Map<Platform, Map<String, Application>> extended = new EnumMap<>(images);
        Map<String, Application> ofPlatform = new HashMap<>(images.getOrDefault(platform, Map.of()));
        for (String given : browserParents) {
            String image = FileNames.ofPath(given).toLowerCase(Locale.ROOT);
            Application known = ofPlatform.get(image);
            if (known == null || !known.isLinkSource()) {
                ofPlatform.put(
                        image,
                        new Application(
                                withoutExe(image), ApplicationKind.CHAT, known == null ? null : known.technique()));
            }
        }
        extended.put(platform, ofPlatform);
        return new ProcessCatalogue(extended);
    }

    /**
     * The application of an image; null where it is unknown. Where the platform is not known, the path says whether it
     * is Windows, and else the first of Linux and macOS that knows the image decides.
     */
    public @Nullable Application of(Platform platform, @Nullable String executable) {
        if (executable == null || executable.isEmpty()) {
            return null;
        }
        if (platform == Platform.UNKNOWN && executable.startsWith("/")) {
            @Nullable Application linux = of(Platform.LINUX, executable);
            return linux == null ? of(Platform.MACOS, executable) : linux;
        }
        Map<String, Application> ofPlatform = images.get(platform == Platform.UNKNOWN ? Platform.WINDOWS : platform);
        return ofPlatform == null
                ? null
                : ofPlatform.get(FileNames.ofPath(executable).toLowerCase(Locale.ROOT));
    }

    private static String withoutExe(String image) {
        return image.endsWith(".exe") ? image.substring(0, image.length() - ".exe".length()) : image;
    }
}
