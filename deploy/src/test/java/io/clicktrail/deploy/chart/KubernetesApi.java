package io.clicktrail.deploy.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects that one version of Kubernetes knows, as the Kubernetes project generates them from the OpenAPI
 * description of that version: fields that exist, fields that are required, fields that are texts, lists or objects.
 * The models of each version are in a class loader of their own, from {@code target/kubernetes}.
 */
final class KubernetesApi {

    /** The versions that there are models of: the oldest that the chart allows, and two later ones. */
    static final List<String> VERSIONS = List.of("1.29", "1.32", "1.34");

    private static final String MODELS = "io.kubernetes.client.openapi.models.V1";

    private static final Map<String, KubernetesApi> LOADED = new ConcurrentHashMap<>();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassLoader models;
    private final Method parse;

    private KubernetesApi(String version) {
        try {
            models = new URLClassLoader(new URL[] {jar(version), jar("gson")}, ClassLoader.getPlatformClassLoader());
            parse = models.loadClass("com.google.gson.JsonParser").getMethod("parseString", String.class);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The API of a version, as {@code 1.32} or {@code 1.32.0}. */
    static KubernetesApi of(String version) {
        return LOADED.computeIfAbsent(
                String.join(".", Arrays.asList(version.split("\\.")).subList(0, 2)), KubernetesApi::new);
    }

    /** Whether objects of an API version, as {@code apps/v1}, are Kubernetes' own, and not those of an operator. */
    static boolean has(String apiVersion) {
        return !apiVersion.contains("/")
                || apiVersion.substring(0, apiVersion.indexOf('/')).endsWith(".k8s.io")
                || !apiVersion.substring(0, apiVersion.indexOf('/')).contains(".");
    }

    /**
     * Checks an object and all that is in it.
     *
     * @throws IllegalArgumentException if the API server of that version would refuse it, with the reason
     */
    void check(String kind, Map<?, ?> object) {
        try {
            var json = parse.invoke(null, JSON.writeValueAsString(object));
            Method check = Arrays.stream(models.loadClass(MODELS + kind).getMethods())
                    .filter(each -> each.getName().startsWith("validateJson"))
                    .findFirst()
                    .orElseThrow();
            check.invoke(null, json);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL jar(String name) throws IOException {
        Path jar = Path.of("target", "kubernetes", name + ".jar");
        if (!Files.exists(jar)) {
            throw new IOException(jar.toAbsolutePath() + " is missing; a build with Maven puts it there");
        }
        return jar.toUri().toURL();
    }
}
