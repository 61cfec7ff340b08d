package io.clicktrail.streams;

import io.clicktrail.schemas.RegistryException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells a failure of the world around us from a bad record: the first is waited out, the second is set aside. */
final class BrokenWorld {

    private BrokenWorld() {}

    static boolean caused(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isBrokenWorld(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBrokenWorld(Throwable cause) {
        return cause instanceof RegistryException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof HttpTimeoutException
                || cause instanceof InterruptedIOException
                || cause instanceof SSLException;
    }
}
