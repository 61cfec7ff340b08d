package io.clicktrail.standalone;

import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.replay.Tables;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.function.LongSupplier;

/**
 * A stack that ends with this process, whatever ends it: a closed command, Ctrl-C or SIGTERM. A temporary folder goes
 * with it, unless something failed: then its logs stay.
 */
final class RunningStack implements AutoCloseable {
    private final Stack stack;
    private final WorkFolder folder;
    private final Terminal terminal;
    private final Thread atExit = new Thread(this::stop, "stop-stack");
    private boolean failed;

    private RunningStack(Stack stack, WorkFolder folder, Terminal terminal) {
        this.stack = stack;
        this.folder = folder;
        this.terminal = terminal;
    }

    static RunningStack of(StackSettings settings, Terminal terminal) throws StackException {
        var running = new RunningStack(new Stack(settings), settings.folder(), terminal);
        Runtime.getRuntime().addShutdownHook(running.atExit);
        return running;
    }

    /** @param beforeServices done when broker and registry are there and no service is yet */
    void start(Preparation beforeServices) throws Exception {
        failed = true;
        terminal.step("Starting Kafka and the schema registry", () -> {
            stack.startInfrastructure();
            beforeServices.prepare(stack);
            return stack;
        });
        terminal.step("Starting the four services", () -> {
            stack.startServices();
            return stack;
        });
        failed = false;
    }

    /** Starts the stack with the tables in place, plays the deliveries and waits for what comes of them. */
    Replay.Result play(Tables tables, Deliveries deliveries, LongSupplier position, long total) throws Exception {
        start(tables::write);
        failed = true;
        Replay.Result result = new Replay(stack, terminal, tables.tuning()).play(deliveries, position, total);
        failed = false;
        return result;
    }

    Stack stack() {
        return stack;
    }

    @Override
    public void close() {
        stop();
        if (!isEnding()) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    /** True from Ctrl-C or SIGTERM on. The JDK tells it only to who asks for something that is no longer possible. */
    static boolean isEnding() {
        var probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void stop() {
        stack.close();
        if (!failed) {
            folder.delete();
        }
    }

    /** What has to stand in the tables before the services start. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Stack stack) throws Exception;
    }
}
