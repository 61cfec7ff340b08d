package io.clicktrail.console.web;

import io.clicktrail.alerter.page.CasePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The style sheet, the script and the icon, parts of this program. */
@RestController
final class StaticFiles {

    private final Map<String, Asset> files = Map.of(
            "console.css", new Asset("text/css;charset=utf-8", CasePage.style() + read("console.css")),
            "console.js", new Asset("text/javascript;charset=utf-8", CasePage.script() + read("console.js")),
            "icon.svg", new Asset("image/svg+xml", read("icon.svg")));

    private record Asset(String contentType, String text) {}

    @GetMapping("/assets/{name}")
    ResponseEntity<String> asset(@PathVariable String name) {
        Asset asset = files.get(name);
        if (asset == null) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(asset.contentType()))
                .cacheControl(CacheControl.noCache())
                .body(asset.text());
    }

    private static String read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
