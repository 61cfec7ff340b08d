package io.clicktrail.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Renders templates, which escape all text. */
@Component
public final class Pages {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName() + ".templates");
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");

    /**
     * What every page knows.
     *
     * @param user who is signed in
     * @param mayAct whether forms are shown
     * @param csrf value that a form must send back
     * @param local whether there is no sign-in
     */
    public record Frame(String user, boolean mayAct, String csrf, boolean local) {}

    ResponseEntity<String> page(HttpServletRequest request, String template, Map<String, Object> model) {
        return page(request, HttpStatus.OK, template, model);
    }

    ResponseEntity<String> page(
            HttpServletRequest request, HttpStatus status, String template, Map<String, Object> model) {
        var all = new HashMap<>(model);
        all.put("frame", frame(request));
        var out = new StringOutput(64 * 1024);
        ENGINE.render(template, all, out);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .body(out.toString());
    }

    private static Frame frame(HttpServletRequest request) {
        var who = SecurityContextHolder.getContext().getAuthentication();
        boolean mayAct = who != null
                && who.getAuthorities().stream()
                        .anyMatch(role -> ("ROLE_" + WebConfiguration.ACT).equals(role.getAuthority()));
        var token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return new Frame(
                who == null ? "" : who.getName(),
                mayAct,
                token == null ? "" : token.getToken(),
                who instanceof AnonymousAuthenticationToken);
    }
}
