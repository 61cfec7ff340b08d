package io.clicktrail.console.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what does not come from this machine, and what a browser on this machine was lured to send under another name
 * (DNS rebinding).
 */
final class ThisMachineOnly extends OncePerRequestFilter {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (NAMES.contains(request.getServerName())
                && InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()) {
            chain.doFilter(request, response);
        } else {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "sign-in is not configured: only this machine may see the console");
        }
    }

    /** Updates that are sent later belong to a request that was let through. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return true;
    }
}
