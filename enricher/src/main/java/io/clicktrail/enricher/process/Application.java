package io.clicktrail.enricher.process;

/**
 * An application that an image belongs to, its helpers folded in.
 *
 * @param name short name: chrome, outlook
 */
public record Application(String name, Kind kind) {

    /** What an application is for. */
    public enum Kind {
        BROWSER("browser", true),
        /** Embedded browser: whose it is, only its parents tell. */
        WEBVIEW("webview", true),
        MAIL("mail", true),
        CHAT("chat", true),
        OFFICE("office", true),
        READER("reader", true),
        /** Starts programs and opens links for others. */
        BROKER("broker", true),
        /** Starts nearly every process of a session, so that being its child says nothing but who did not start it. */
        LAUNCHER("launcher", true),
        ARCHIVER("archiver", false),
        LOLBIN("lolbin", false);

        private final String label;
        private final boolean linkSource;

        Kind(String label, boolean linkSource) {
            this.label = label;
            this.linkSource = linkSource;
        }

        /** The name in evidence. */
        public String label() {
            return label;
        }

        /** True where a person follows links from it, or it opens them for others. */
        public boolean isLinkSource() {
            return linkSource;
        }
    }
}
