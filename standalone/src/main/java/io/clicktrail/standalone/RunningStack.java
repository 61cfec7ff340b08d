package io.clicktrail.standalone;

import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Console;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.function.LongSupplier;

/**
 * A stack that stops with the command, with Ctrl-C or with SIGTERM. Its temporary folder is deleted then, unless
 * something failed: then its logs stay.
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

    /** Begins to start everything in the background, for a command that has to prepare something meanwhile. */
    void begin() {
        stack.begin();
    }

    /** @param beforeServices runs after broker and registry have started, before the services start */
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

    /** Starts the stack with the reference data, plays the deliveries and waits for the cases. */
    Replay.Result play(ReferenceData reference, Deliveries deliveries, LongSupplier position, long total)
            throws Exception {
        start(reference::write);
        failed = true;
        Replay.Result result = new Replay(stack, terminal, reference.tuning()).play(deliveries, position, total);
        failed = false;
        return result;
    }

    /** Starts the console. @return address of its first page */
    String startConsole(int port) throws Exception {
        failed = true;
        Console console = terminal.step("Starting the console", () -> stack.startConsole(port));
        failed = false;
        return console.url();
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

    /** True from Ctrl-C or SIGTERM on; the JDK shows it only by refusing new shutdown hooks. */
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

    /** What has to be written before the services start. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Stack stack) throws Exception;
    }
}
