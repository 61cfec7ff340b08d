package io.clicktrail.alerter.page;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.clicktrail.alert.Alert;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Cases as HTML. Everything that a case says is escaped by the template engine, links of an attacker are defanged and
 * never links, and the Content-Security-Policy allows this style sheet and this script by their hashes and nothing
 * else: no request leaves the page.
 */
public final class CasePage {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, CasePage.class.getClassLoader(), CasePage.class.getPackageName() + ".templates");

    private static final String STYLE = read("case.css");
    private static final String SCRIPT = read("case.js");
    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    private CasePage() {}

    /**
     * A case and what a report says of it.
     *
     * @param notes a sentence each, shown as text in the list of cases; may be empty
     */
    public record NotedCase(Alert alert, List<String> notes) {

        public NotedCase {
            notes = List.copyOf(notes);
        }
    }

    /** The cases as one document that needs no network: a list, then each case. */
    public static String document(List<Alert> cases) {
        return document(
                cases.size() == 1 ? CaseViews.of(cases.getFirst()).headline() : cases.size() + " cases",
                List.of(),
                cases.stream().map(each -> new NotedCase(each, List.of())).toList());
    }

    /**
     * The same with what a report says of the whole and of each case.
     *
     * @param summary a sentence each, shown as it is above the list; may be empty
     */
    public static String document(String title, List<String> summary, List<NotedCase> cases) {
        var out = new StringOutput(64 * 1024);
        List<CaseView> views =
                cases.stream().map(each -> CaseViews.of(each.alert())).toList();
        ENGINE.render(
                "document.jte",
                Map.of(
                        "title", title,
                        "summary", summary,
                        "cases", views,
                        "notes",
                                cases.stream()
                                        .map(each -> each.notes().stream()
                                                .map(SafeWords.of(each.alert())::prose)
                                                .toList())
                                        .toList(),
                        "policy", POLICY,
                        "style", (Content) output -> output.writeContent(STYLE),
                        "script", (Content) output -> output.writeContent(SCRIPT)),
                out);
        return out.toString();
    }

    /**
     * The part of a page that shows one case, for a page that has {@link #style} and {@link #script}.
     *
     * @param acts what stands below the sentence of what happened
     */
    public static Content article(Alert alert, Content acts) {
        CaseView view = CaseViews.of(alert);
        return output -> ENGINE.render("article.jte", Map.of("c", view, "acts", acts), output);
    }

    /** The style sheet of a case. */
    public static String style() {
        return STYLE;
    }

    /** The script of a case: keys, and opening what a link leads to. */
    public static String script() {
        return SCRIPT;
    }

    private static String read(String name) {
        try (InputStream in = CasePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source of a Content-Security-Policy that allows exactly this text. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
