package io.clicktrail.benchmarks.detection;

/** What is hard about a story, for whatever looks for chains. */
public enum ChainKind {
    /** The logs show click, egress, write and execution, and the evidence arrives in order of time. */
    PLAIN("plain", true),
    /** The same, and the process that was given the link is not the one that loads it. */
    HAND_OFF("hand-off between processes", true),
    /** All evidence of one stage arrives one to nine minutes late: within the grace. */
    LATE("a stage up to 9 min late", true),
    /** All evidence of one stage arrives 12 to 20 minutes late. */
    LATER("a stage 12 to 20 min late", true),
    /** The evidence of the story arrives in the reverse order; it lasts less than the grace. */
    REVERSED("arrives in reverse", true),
    /** The logs do not show all four stages. */
    INCOMPLETE("a stage is not in the logs", false),
    /** An ordinary story: whoever finds a chain in it is wrong. */
    ORDINARY("ordinary: should be quiet", false);

    private final String words;
    private final boolean complete;

    ChainKind(String words, boolean complete) {
        this.words = words;
        this.complete = complete;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether it is a chain of four stages that the logs show. */
    public boolean isComplete() {
        return complete;
    }
}
