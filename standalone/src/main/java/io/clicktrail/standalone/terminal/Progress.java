package io.clicktrail.standalone.terminal;

/** Progress of a piece of work. */
public sealed interface Progress extends AutoCloseable permits BarProgress, LineProgress, NoProgress {
    /** Shows nothing. */
    Progress NONE = new NoProgress();

    /** Updates the amount that is done. */
    void at(long done);

    @Override
    void close();

    /** What is counted. */
    enum Unit {
        RECORDS(" records", 1),
        MEGABYTES(" MB", 1 << 20);

        private final String label;
        private final long size;

        Unit(String label, long size) {
            this.label = label;
            this.size = size;
        }

        String label() {
            return label;
        }

        long size() {
            return size;
        }
    }
}
