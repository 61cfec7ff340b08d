package io.clicktrail.console.web;

import io.clicktrail.console.settings.ConsoleSettings;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may see and do what. With sign-in (any OIDC provider, Spring's settings) a person needs the role to read or to
 * act. Without it the pages are for this machine: the port is bound to the loopback address, a request from or for
 * another is refused, and whoever is at the machine may act.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import({
    QueuePages.class,
    CasePages.class,
    PipelinePages.class,
    ReadApi.class,
    StaticFiles.class,
    Updates.class,
    Pages.class,
    Acts.class
})
public class WebConfiguration {

    static final String READ = "READ";
    static final String ACT = "ACT";

    private static final Logger LOG = LoggerFactory.getLogger(WebConfiguration.class);
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /** Health and metrics have nothing of a case, and probes do not sign in; they have a port of their own. */
    @Bean
    @Order(1)
    SecurityFilterChain probes(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, ConsoleSettings settings, ObjectProvider<ClientRegistrationRepository> signIn) {
        http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/assets/**")
                .permitAll()
                .requestMatchers(HttpMethod.GET)
                .hasAnyRole(READ, ACT)
                .anyRequest()
                .hasRole(ACT));
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(frames -> frames.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
        http.httpBasic(basic -> basic.disable());
        if (signIn.getIfAvailable() == null) {
            LOG.warn("Sign-in is not configured: the console serves this machine only");
            http.addFilterBefore(new ThisMachineOnly(), AuthorizationFilter.class);
            http.anonymous(
                    anonymous -> anonymous.principal(settings.localUser()).authorities("ROLE_" + READ, "ROLE_" + ACT));
            http.formLogin(form -> form.disable()).logout(logout -> logout.disable());
        } else {
            http.oauth2Login(login -> {}).logout(logout -> logout.logoutSuccessUrl("/"));
        }
        return http.build();
    }

    /** No user of its own, and no generated password. */
    @Bean
    UserDetailsService noLocalUsers() {
        return new InMemoryUserDetailsManager();
    }

    /** The roles of a signed-in person, from a claim of the sign-in. */
    @Bean
    GrantedAuthoritiesMapper roles(ConsoleSettings settings) {
        return authorities -> {
            Set<GrantedAuthority> roles = new HashSet<>();
            for (GrantedAuthority authority : authorities) {
                if (authority instanceof OidcUserAuthority person
                        && person.getAttributes().get(settings.rolesClaim()) instanceof Iterable<?> claimed) {
                    for (Object role : claimed) {
                        if (settings.readRole().equals(role)) {
                            roles.add(new SimpleGrantedAuthority("ROLE_" + READ));
                        } else if (settings.actRole().equals(role)) {
                            roles.add(new SimpleGrantedAuthority("ROLE_" + ACT));
                        }
                    }
                }
            }
            return roles;
        };
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> loopback(
            ObjectProvider<ClientRegistrationRepository> signIn) {
        return server -> {
            if (signIn.getIfAvailable() == null) {
                server.setAddress(InetAddress.getLoopbackAddress());
            }
        };
    }
}
