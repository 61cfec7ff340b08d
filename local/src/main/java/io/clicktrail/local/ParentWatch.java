package io.clicktrail.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;

/**
 * Main class of a child process: runs another main class, and ends with the parent. The parent holds the other end of
 * standard input, which the operating system closes however the parent ends.
 */
final class ParentWatch {

    private static final int PARENT_GONE = 143;

    /** A process that leaves an AOT cache needs more than the default. */
    private static final Duration GRACE = Duration.ofSeconds(Long.getLong("clicktrail.parent.grace.seconds", 8));

    private ParentWatch() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().name("parent-watch").daemon().start(ParentWatch::endWithParent);
        leaveInterruptToParent();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * A parent that stops this process also closes standard input, just after its signal. So the process shuts down
     * normally, which data on disk may need, but with a time limit.
     */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; only the end of the stream matters.
            }
        } catch (IOException e) {
            // Treated like the end of the stream.
        }
        try {
            Thread.ofPlatform()
                    .name("exit")
                    .daemon()
                    .start(() -> System.exit(PARENT_GONE))
                    .join(GRACE);
        } catch (InterruptedException e) {
            // Only the shutdown interrupts this thread.
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    /**
     * Ignores INT: a terminal sends Ctrl-C to the whole process group, but the parent must stop its services before its
     * broker. By reflection, because the compiler warns about the JDK's only signal API.
     */
    private static void leaveInterruptToParent() throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var ignore = Proxy.newProxyInstance(
                ParentWatch.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> null);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
    }
}
