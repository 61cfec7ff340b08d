package io.clicktrail.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;

/**
 * Main class of a child process: runs another main class, and dies with the parent. The parent holds the other end of
 * standard input; however the parent ends, that end closes.
 */
final class ParentWatch {

    private static final int PARENT_GONE = 143;
    private static final Duration GRACE = Duration.ofSeconds(8);

    private ParentWatch() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().name("leash").daemon().start(ParentWatch::endWithParent);
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
     * A parent that stops us closes standard input too, just after its signal. So the end is an orderly one, which what
     * has to be on disk may need, but it does not take forever.
     */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only the end of the stream counts.
            }
        } catch (IOException e) {
            // Also an end.
        }
        try {
            Thread.ofPlatform()
                    .name("exit")
                    .daemon()
                    .start(() -> System.exit(PARENT_GONE))
                    .join(GRACE);
        } catch (InterruptedException e) {
            // Nobody interrupts us but the end.
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    /**
     * A terminal sends Ctrl-C to the whole process group, but the parent must stop its services before its broker.
     * Reflective, because the JDK warns at compile time of its only signal API.
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
