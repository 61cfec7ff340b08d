package io.clicktrail.benchmarks.peers.esper;

import io.clicktrail.benchmarks.peers.chain.Step;

/** A step with the properties that Esper's language names. */
public final class EsperStep {

    private final Step step;

    EsperStep(Step step) {
        this.step = step;
    }

    public Step getStep() {
        return step;
    }

    public String getHost() {
        return step.host();
    }

    public long getTime() {
        return step.time();
    }

    public boolean isClick() {
        return step.click();
    }

    public boolean isEgress() {
        return step.egress();
    }

    public boolean isWrite() {
        return step.write();
    }

    public boolean isExecution() {
        return step.execution();
    }
}
