package io.clicktrail.benchmarks.peers.siembol;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.benchmarks.peers.kafka.ConsumeLoop;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uk.co.gresearch.siembol.alerts.common.AlertingEngine;
import uk.co.gresearch.siembol.alerts.common.AlertingFields;
import uk.co.gresearch.siembol.alerts.common.AlertingTags;
import uk.co.gresearch.siembol.alerts.common.EvaluationResult;
import uk.co.gresearch.siembol.alerts.correlationengine.AlertCounterMetadata;
import uk.co.gresearch.siembol.alerts.correlationengine.CorrelationEngineImpl;
import uk.co.gresearch.siembol.alerts.correlationengine.CorrelationRule;
import uk.co.gresearch.siembol.common.constants.SiembolConstants;
import uk.co.gresearch.siembol.common.utils.TimeProvider;

/**
 * The chain as a correlation rule of Siembol's alerting engine: an alert for each kind of step, and all four within the
 * windows on one host. Such a rule has no order, and no condition over two alerts. Its counters are in memory alone, so
 * this is no durable peer. The engine's clock is the time of the latest event. What it says of a chain is its last
 * alert, so the latest of each kind are kept beside it.
 */
public final class SiembolCorrelation implements ConsumeLoop.Library {

    private static final String CLICK = "click";
    private static final String EGRESS = "egress";
    private static final String WRITE = "write";
    private static final String EXECUTION = "execution";

    /** The most that a rule may ask for. */
    private static final int MAX_LAG_SECONDS = 300;

    private final AlertingEngine engine;
    private final Consumer<ChainMatch> found;
    private final Map<String, Map<String, Step>> latest = new HashMap<>();
    private long now;

    /** @param found takes each chain */
    public SiembolCorrelation(Consumer<ChainMatch> found) {
        this.found = found;
        var rule = CorrelationRule.builder();
        rule.timeWindowInMs(ChainPattern.WINDOW.plus(ChainPattern.FOLLOW_ON).toMillis());
        rule.maxLagTimeInSec(MAX_LAG_SECONDS);
        rule.flags(EnumSet.of(CorrelationRule.Flags.USE_EVENT_TIME));
        for (String step : List.of(CLICK, EGRESS, WRITE, EXECUTION)) {
            rule.addAlertCounter(step, 1, EnumSet.of(AlertCounterMetadata.Flags.MANDATORY));
        }
        rule.name("chain");
        rule.version(1);
        rule.tags(List.of());
        rule.protections(List.of());
        engine = new CorrelationEngineImpl.Builder()
                .correlationRules(List.of(rule.build()))
                .constants(List.of())
                .protections(List.of())
                .timeProvider(new TimeProvider() {
                    @Override
                    public long getCurrentTimeInMs() {
                        return now;
                    }
                })
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        ConsumeLoop.run(PeerOptions.of(arguments), SiembolCorrelation::new);
    }

    @Override
    public void take(Step step) {
        now = Math.max(now, step.time());
        alert(CLICK, step.click(), step);
        alert(EGRESS, step.egress(), step);
        alert(WRITE, step.write(), step);
        alert(EXECUTION, step.execution(), step);
    }

    private void alert(String name, boolean is, Step step) {
        if (!is) {
            return;
        }
        var alert = new HashMap<String, Object>();
        alert.put(AlertingFields.RULE_NAME.getAlertingName(), name);
        alert.put(AlertingTags.CORRELATION_KEY_TAG_NAME.toString(), step.host());
        alert.put(SiembolConstants.TIMESTAMP, step.time());
        Map<String, Step> ofHost = latest.computeIfAbsent(step.host(), host -> new HashMap<>());
        ofHost.put(name, step);
        var result = engine.evaluate(alert).getAttributes();
        if (result.getEvaluationResult() == EvaluationResult.MATCH) {
            found.accept(ChainPattern.match(ofHost.values().toArray(Step[]::new)));
        }
    }
}
