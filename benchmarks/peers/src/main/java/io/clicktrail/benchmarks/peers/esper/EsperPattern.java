package io.clicktrail.benchmarks.peers.esper;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.benchmarks.peers.kafka.ConsumeLoop;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The chain as a pattern of Esper over steps in event time. Its state is in memory alone: what is open at a restart is
 * lost, so this is no durable peer.
 */
public final class EsperPattern implements ConsumeLoop.Library {

    private final EPRuntime runtime;
    private long now;

    /** @param found takes each chain */
    public EsperPattern(Consumer<ChainMatch> found) throws Exception {
        var configuration = new Configuration();
        configuration.getCommon().addEventType("Step", EsperStep.class);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        for (String function : List.of("isOpened", "isWritten", "isRun")) {
            configuration.getCompiler().addPlugInSingleRowFunction(function, ChainPattern.class.getName(), function);
        }
        runtime = EPRuntimeProvider.getRuntime("chains", configuration);
        runtime.getEventService().advanceTime(0);
        var compiled = EPCompilerProvider.getCompiler().compile(statements(), new CompilerArguments(configuration));
        var deployed = runtime.getDeploymentService().deploy(compiled);
        runtime.getDeploymentService()
                .getStatement(deployed.getDeploymentId(), "chains")
                .addListener((arrived, gone, statement, engine) -> {
                    for (EventBean match : arrived) {
                        found.accept(ChainPattern.match(Stream.of("c", "e", "w", "x")
                                .map(name -> (Step) match.get(name))
                                .toArray(Step[]::new)));
                    }
                });
    }

    public static void main(String[] arguments) throws Exception {
        ConsumeLoop.run(PeerOptions.of(arguments), EsperPattern::new);
    }

    /** The time is that of the latest event. */
    @Override
    public void take(Step step) {
        if (step.time() > now) {
            now = step.time();
            runtime.getEventService().advanceTime(now);
        }
        if (step.isPart()) {
            runtime.getEventService().sendEventBean(new EsperStep(step), "Step");
        }
    }

    /** Steps are put in the order of their times first, and wait for the grace. */
    private static String statements() {
        return """
                insert rstream into Ordered
                select rstream step, host, click, egress, write, execution
                from Step#time_order(time, %d seconds);

                @name('chains')
                select c.step as c, e.step as e, w.step as w, x.step as x
                from pattern [
                  every c=Ordered(click) ->
                    (e=Ordered(egress, host = c.host, isOpened(c.step, step)) where timer:within(%2$d seconds)) ->
                    ((every w=Ordered(write, host = c.host, isWritten(c.step, e.step, step)))
                      -> x=Ordered(execution, host = c.host, isRun(w.step, step))) where timer:within(%3$d seconds)
                ];
                """.formatted(
                        ChainPattern.GRACE.toSeconds(),
                        ChainPattern.WINDOW.toSeconds(),
                        ChainPattern.WINDOW.plus(ChainPattern.FOLLOW_ON).toSeconds());
    }
}
