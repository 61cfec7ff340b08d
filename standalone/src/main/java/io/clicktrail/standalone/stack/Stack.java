package io.clicktrail.standalone.stack;

import io.clicktrail.local.LocalBroker;
import io.clicktrail.local.LocalRegistry;
import io.clicktrail.local.LocalStackException;
import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistryException;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.TopicSchemas;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.topics.TopicPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker and registry as child processes, and the four services in this process. {@link #close} stops everything; the
 * child processes also end if this process does.
 */
public final class Stack implements AutoCloseable {
    /** Largest raw record that reaches the normalizer, which has a smaller limit of its own. */
    public static final int MAX_RECORD_BYTES = 14 << 20;

    private static final String HISTORY = "clicktrail.streams.history";
    private static final int HEAP_MEGABYTES = 512;
    private static final int MAX_BATCH_BYTES = 32 << 20;
    /**
     * Settings of the services in a replay. On one machine evidence arrives at once, and a replay waits for it before
     * it advances the time; it waits for the commits of all that the services have read. A replay prints the final
     * state of a case, so no revision may be delayed. It plays history, so no time is ahead of the wall clock.
     */
    public static final Map<String, String> REPLAY_SETTINGS = Map.of(
            "clicktrail.correlator.settling",
            "200ms",
            "clicktrail.alerter.revision-delay",
            "0s",
            "clicktrail.streams.backlog-commit-interval",
            "100ms",
            HISTORY,
            "true");

    private static final String STARTS_NOT = "the stack does not start: ";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final int REGISTRY_RETRIES = 3;

    /** Logs may be of any age and heartbeats are in the future: the broker must neither delete nor refuse them. */
    private static final Map<String, String> ANY_TIME =
            Map.of("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "log.retention.ms", "-1");

    private final StackSettings settings;
    private final int brokerPort;
    private final int registryPort;
    private final List<ServiceContext> services = new CopyOnWriteArrayList<>();
    private volatile @Nullable Console console;
    private volatile @Nullable LocalBroker broker;
    private volatile @Nullable LocalRegistry registry;
    private @Nullable FutureTask<Object> infrastructure;
    private @Nullable FutureTask<Object> contexts;
    private final StartGate gate = new StartGate();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @throws StackException if a port is taken */
    public Stack(StackSettings settings) throws StackException {
        this.settings = settings;
        brokerPort = FreePorts.free(settings.brokerPort(), "--broker-port");
        registryPort = FreePorts.free(settings.registryPort(), "--registry-port");
        Logs.to(settings.folder().log());
    }

    /**
     * Begins with {@link #startInfrastructure} and {@link #startServices()}, which then wait for the end and have the
     * failures. The services are made at the same time as the brokers, and run from {@link #startServices()} on.
     */
    public void begin() {
        infrastructure = begun("start-infrastructure", this::startBrokerAndRegistry);
        contexts = begun("start-services", () -> startContexts(Service.in(settings.services())));
    }

    /** Starts broker and registry in parallel and creates the topics. */
    public void startInfrastructure() throws StackException {
        if (infrastructure == null) {
            infrastructure = begun("start-infrastructure", this::startBrokerAndRegistry);
        }
        await(infrastructure);
    }

    private static FutureTask<Object> begun(String name, Callable<Object> start) {
        var task = new FutureTask<>(start);
        Thread.ofPlatform().name(name).daemon().start(task);
        return task;
    }

    private void await(FutureTask<Object> started) throws StackException {
        try {
            started.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StackException known ? known : failed(STARTS_NOT + rootOf(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Object startBrokerAndRegistry() throws StackException {
        Path folder = settings.folder().path();
        inParallel(List.of(
                () -> broker = LocalBroker.start(new LocalBroker.Options(
                        folder.resolve("broker"), brokerPort, HEAP_MEGABYTES, MAX_BATCH_BYTES, ANY_TIME)),
                () -> registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry"))
                        .with(registryPort, !settings.folder().temporary()))));
        begun("register-schemas", this::registerSchemas);
        try (Admin admin = admin()) {
            new TopicPlan(
                            settings.partitions(),
                            (short) -1,
                            Duration.ofMillis(-1),
                            TopicPlan.DEFAULT.maxRecordBytes(),
                            settings.history())
                    .createAndAwaitLeaders(topics(), admin);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return this;
    }

    /** While the services start. They register what is missing themselves, at the first record, which then waits. */
    private Object registerSchemas() {
        try (var schemas = registryClient()) {
            TopicSchemas.bySubject(Topics.DEFAULT_PREFIX).forEach(schemas::idOf);
        } catch (RegistryException e) {
            LoggerFactory.getLogger(Stack.class).warn("Schemas can't be registered ahead", e);
        }
        return this;
    }

    /** Starts all services. */
    public void startServices() throws StackException {
        startServices(Service.in(settings.services()));
    }

    /** Starts services in parallel and waits until they process records; the others run elsewhere. */
    public void startServices(Set<Service> here) throws StackException {
        if (contexts == null) {
            contexts = begun("start-services", () -> startContexts(here));
        }
        gate.open();
        await(contexts);
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!services.stream().allMatch(service -> service.state() == KafkaStreams.State.RUNNING)) {
            requireHealth(POLL);
            if (System.nanoTime() > end) {
                throw failed("the services were not ready after " + START_TIMEOUT.toSeconds() + " s", null);
            }
        }
    }

    private Object startContexts(Set<Service> here) throws StackException {
        Map<String, String> common = serviceSettings();
        inParallel(here.stream()
                .<Callable<Object>>map(service -> () -> services.add(ServiceContext.start(service, common, gate)))
                .toList());
        return services;
    }

    /** The services of this stack, those that run elsewhere too. */
    public Set<Service> pipeline() {
        return Service.in(settings.services());
    }

    /** The service that reads raw logs. */
    public Service normalizing() {
        return Service.normalizing(settings.services());
    }

    /** Names of the topics whose records a service must have read before all that is known of them has been said. */
    public Set<String> sources(Service service) {
        return service.sources(topics(), settings.services());
    }

    /** Starts the console, on a port of the loopback address; 0 takes a free one. */
    public Console startConsole(int port) throws StackException {
        int free = FreePorts.free(port, "--console-port");
        inParallel(List.of(() -> console = Console.start(serviceSettings(), free)));
        return Objects.requireNonNull(console);
    }

    /** Settings of every service: those of a replay, those of the user, broker, registry, folder of the state. */
    public Map<String, String> serviceSettings() {
        var common = new TreeMap<>(REPLAY_SETTINGS);
        common.putAll(settings.services());
        common.put("clicktrail.bootstrap-servers", bootstrapServers());
        common.put("clicktrail.registry.url", registryUrl());
        common.put(HISTORY, Boolean.toString(settings.history()));
        common.put(
                "clicktrail.streams.state-dir",
                settings.folder().path().resolve("state").toString());
        return common;
    }

    /**
     * Watches the stack for a while.
     *
     * @throws StackException if it is stopped meanwhile, or a part of it has failed
     */
    public void requireHealth(Duration watch) throws StackException {
        try {
            if (closed.await(watch.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("the stack was stopped", null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (broker != null && broker.hasFailed()) {
            throw failed("the broker has ended unexpectedly", null);
        }
        if (registry != null && registry.hasFailed()) {
            throw failed("the schema registry has ended unexpectedly", null);
        }
        for (ServiceContext service : services) {
            KafkaStreams.State state = service.state();
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                throw failed("the " + service.service().label() + " has stopped unexpectedly", null);
            }
        }
    }

    /** Stops the services; broker and registry stay. */
    public void stopServices() {
        closeInParallel(services);
        services.clear();
    }

    /** A failure of the stack; the message names the log. */
    public StackException failed(String what, @Nullable Throwable cause) {
        return new StackException(what + "; see " + settings.folder().log(), cause);
    }

    public String bootstrapServers() {
        return "localhost:" + brokerPort;
    }

    /** Base address of the registry's Confluent API. */
    public String registryUrl() {
        return LocalRegistry.url(registryPort);
    }

    /** The topics, with serdes for the registry of this stack. */
    public Topics topics() {
        return Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, avroSerdes());
    }

    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    public LocalBroker broker() {
        return Objects.requireNonNull(broker, "the broker is not started");
    }

    public LocalRegistry registry() {
        return Objects.requireNonNull(registry, "the registry is not started");
    }

    public List<ServiceContext> services() {
        return List.copyOf(services);
    }

    /** True as soon as {@link #close} was called. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        closed.countDown();
        gate.giveUp();
        if (contexts != null) {
            awaitEnd(contexts);
        }
        if (console != null) {
            console.close();
        }
        closeInParallel(services);
        boolean isKept = !settings.folder().temporary();
        var processes = new ArrayList<AutoCloseable>();
        if (broker != null) {
            processes.add(isKept ? broker : broker::discard);
        }
        if (registry != null) {
            processes.add(isKept ? registry : registry::discard);
        }
        closeInParallel(processes);
    }

    private static void awaitEnd(FutureTask<Object> begun) {
        try {
            begun.get();
        } catch (ExecutionException e) {
            // Who waits for the start has the failure.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serdes for the registry of this stack. */
    public AvroSerdes avroSerdes() {
        return new RegistrySerdes(registryClient());
    }

    private HttpSchemaRegistry registryClient() {
        return new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                List.of(URI.create(registryUrl())),
                true,
                null,
                null,
                CONNECT_TIMEOUT,
                READ_TIMEOUT,
                REGISTRY_RETRIES,
                CONNECT_TIMEOUT));
    }

    private void inParallel(List<Callable<Object>> starts) throws StackException {
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (Future<Object> start : threads.invokeAll(starts)) {
                start.get();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof LocalStackException) {
                throw new StackException(String.valueOf(cause.getMessage()), cause);
            }
            LoggerFactory.getLogger(Stack.class).error("The stack does not start", cause);
            throw failed(STARTS_NOT + rootOf(cause), cause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void closeInParallel(List<? extends AutoCloseable> all) {
        Logger log = LoggerFactory.getLogger(Stack.class);
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (AutoCloseable each : all) {
                threads.submit(() -> {
                    each.close();
                    return each;
                });
            }
        }
        log.info("Stopped");
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private StackException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed("the stack was interrupted", e);
    }
}
