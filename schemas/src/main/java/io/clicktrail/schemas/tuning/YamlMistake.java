package io.clicktrail.schemas.tuning;

import org.yaml.snakeyaml.nodes.Node;

/** A mistake of the author at a line of a file, from 1. Carries no stack trace: it is bad input, not a bug. */
public final class YamlMistake extends Exception {

    private final int line;

    YamlMistake(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    public YamlMistake(Node at, String reason) {
        this(YamlNodes.line(at), reason);
    }

    /** Line of the mistake, from 1. */
    public int line() {
        return line;
    }

    TuningResult.Invalid in(String file) {
        return new TuningResult.Invalid(file, line, String.valueOf(getMessage()));
    }
}
