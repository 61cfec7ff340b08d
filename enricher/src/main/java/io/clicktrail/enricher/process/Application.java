package io.clicktrail.enricher.process;

import io.clicktrail.evidence.ApplicationKind;
import org.jspecify.annotations.Nullable;

/**
 * An application that an image belongs to, its helpers included.
 *
 * @param name short name: chrome, outlook
 * @param technique what a run of the image is in ATT&CK; null where it is nothing by itself
 */
public record Application(
        String name, ApplicationKind kind, @Nullable ImageTechnique technique) {

    /** True where a person follows links from it, or it opens them for others. */
    public boolean isLinkSource() {
        return isLinkSource(kind);
    }

    /** True where a person follows links from applications of a kind, or they open them for others. */
    public static boolean isLinkSource(ApplicationKind kind) {
        return switch (kind) {
            case BROWSER, WEBVIEW, MAIL, CHAT, OFFICE, READER, BROKER, LAUNCHER -> true;
            case ARCHIVER, LOLBIN, UNKNOWN -> false;
        };
    }
}
