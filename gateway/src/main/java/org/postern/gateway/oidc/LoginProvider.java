package org.postern.gateway.oidc;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.login.PendingLogin;
import org.postern.gateway.login.Session;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.CompactToken;
import org.postern.gateway.token.IdToken;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.token.TokenRules;

/**
 * The provider as browsers log in there: authorization code with PKCE (RFC 7636), renewal, and where a logout goes.
 * quarkus-oidc knows the provider and authenticates us to it as the client of {@code quarkus.oidc.login}; what it answers
 * is checked here by the rules that bearers are checked by.
 */
public final class LoginProvider {
    /** The name of the tenant of quarkus-oidc. */
    public static final String TENANT = "login";

    private static final Duration LONGEST_START = Duration.ofSeconds(3);
    private static final Pattern REFUSED = Pattern.compile("\"error\"\\s*:\\s*\"invalid_grant\"");

    private final TenantConfigBean tenants;
    private final Providers providers;
    private final TokenGate gate;
    private final TokenRules rules;
    private final String redirectAddress;
    private final Set<String> scopes;
    private final Clock clock;

    /**
     * The provider.
     *
     * @param redirectAddress where it sends browsers back to
     * @param scopes what is asked for
     */
    public LoginProvider(
            TenantConfigBean tenants,
            Providers providers,
            TokenGate gate,
            TokenRules rules,
            URI redirectAddress,
            Set<String> scopes,
            Clock clock) {
        this.tenants = tenants;
        this.providers = providers;
        this.gate = gate;
        this.rules = rules;
        this.redirectAddress = redirectAddress.toString();
        this.scopes = Set.copyOf(scopes);
        this.clock = clock;
    }

    /**
     * Where a browser goes to log in.
     *
     * @param acrValues how surely the user must prove who he is; null for any way
     * @return the address; fails with {@link CannotCheckException}
     */
    public Uni<String> authorization(PendingLogin login, @Nullable String acrValues) {
        return tenant().map(tenant -> {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("response_type", "code");
            query.put("client_id", client(tenant));
            query.put("redirect_uri", redirectAddress);
            query.put("scope", String.join(" ", new TreeSet<>(scopes)));
            query.put("state", login.state());
            query.put("nonce", login.nonce());
            query.put("code_challenge", login.challenge());
            query.put("code_challenge_method", "S256");
            if (login.maxAge() != null) {
                query.put("max_age", login.maxAge().toString());
            }
            if (acrValues != null) {
                query.put("acr_values", acrValues);
            }
            return with(metadata(tenant).getAuthorizationUri(), query);
        });
    }

    /** Whether an answer that names this issuer, or none, is one of the provider that was asked (RFC 9207). */
    public Uni<Boolean> answersAs(@Nullable String issuer) {
        return tenant().map(this::metadata).map(metadata -> {
            boolean always = "true".equals(metadata.get("authorization_response_iss_parameter_supported"));
            return issuer == null ? !always : issuer.equals(metadata.getIssuer());
        });
    }

    /**
     * Takes the code of an answer for tokens, and checks them.
     *
     * @return the session that begins; fails with {@link TokenRefusedException} or {@link CannotCheckException}
     */
    public Uni<Session> login(PendingLogin login, String code) {
        return tenant().flatMap(tenant -> tenant.provider()
                .getCodeFlowTokens(code, redirectAddress, login.verifier())
                .onFailure()
                .transform(LoginProvider::failed)
                .flatMap(tokens -> begin(tenant, login, tokens)));
    }

    private Uni<Session> begin(TenantConfigContext tenant, PendingLogin login, AuthorizationCodeTokens tokens) {
        Duration maxAge = login.maxAge() == null ? null : Duration.ofSeconds(login.maxAge());
        String issuer = metadata(tenant).getIssuer();
        IdToken.Expected expected = new IdToken.Expected(issuer, client(tenant), login.nonce(), maxAge, null);
        String idToken = tokens.getIdToken();
        if (idToken == null || tokens.getAccessToken() == null) {
            return Uni.createFrom().failure(new TokenRefusedException("token-missing"));
        }
        return identity(idToken, expected, tokens.getAccessToken())
                .flatMap(identity -> access(tokens.getAccessToken(), identity.issuer(), identity.subject())
                        .map(access -> Session.begin(
                                identity,
                                tokens.getAccessToken(),
                                access.claims().expires(),
                                tokens.getRefreshToken(),
                                idToken,
                                clock.instant())));
    }

    /** The same session with a newer access token; fails as {@link #login} does. */
    public Uni<Session> renew(Session session) {
        if (session.refreshToken() == null) {
            return Uni.createFrom().failure(new TokenRefusedException("token-expired"));
        }
        return tenant().flatMap(tenant -> tenant.provider()
                .refreshTokens(session.refreshToken())
                .onFailure()
                .transform(LoginProvider::failed)
                .flatMap(tokens -> renewed(tenant, session, tokens)));
    }

    private Uni<Session> renewed(TenantConfigContext tenant, Session session, AuthorizationCodeTokens tokens) {
        if (tokens.getAccessToken() == null) {
            return Uni.createFrom().failure(new TokenRefusedException("token-missing"));
        }
        Uni<CheckedToken> access = access(tokens.getAccessToken(), session.issuer(), session.subject());
        String idToken = tokens.getIdToken();
        if (idToken != null) {
            IdToken.Expected expected =
                    new IdToken.Expected(session.issuer(), client(tenant), null, null, session.subject());
            access = identity(idToken, expected, tokens.getAccessToken())
                    .flatMap(same -> access(tokens.getAccessToken(), same.issuer(), same.subject()));
        }
        return access.map(good ->
                session.renewed(tokens.getAccessToken(), good.claims().expires(), tokens.getRefreshToken(), idToken));
    }

    private Uni<IdToken> identity(String idToken, IdToken.Expected expected, String accessToken) {
        try {
            CompactToken parts = CompactToken.of(idToken, rules);
            parts.requireIdType();
            return providers.verify(idToken, parts, expected.issuer()).flatMap(verifier -> {
                try {
                    return Uni.createFrom()
                            .item(IdToken.of(parts, expected, accessToken, rules.clockSkew(), clock.instant()));
                } catch (TokenRefusedException e) {
                    return Uni.createFrom().failure(e);
                }
            });
        } catch (TokenRefusedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /** A token that no bearer could use would be of no use in a cookie either. */
    private Uni<CheckedToken> access(String accessToken, String issuer, String subject) {
        return gate.check(accessToken).flatMap(token -> {
            boolean same = token.claims().issuer().equals(issuer)
                    && token.claims().subject().equals(subject);
            return same
                    ? Uni.createFrom().item(token)
                    : Uni.createFrom().failure(new TokenRefusedException("subject-changed"));
        });
    }

    /**
     * Where a browser goes to log out at the provider too (RP-Initiated Logout 1.0); empty where the provider has no such
     * page.
     *
     * @param returnAddress where it sends the browser back to
     */
    public Uni<Optional<String>> logout(Session session, URI returnAddress) {
        return tenant().map(tenant -> Optional.ofNullable(metadata(tenant).getEndSessionUri())
                .map(page -> with(
                        page,
                        Map.of(
                                "id_token_hint", session.idToken(),
                                "client_id", client(tenant),
                                "post_logout_redirect_uri", returnAddress.toString()))));
    }

    /** The origin of the page for logouts; empty text where there is none, or the provider was not reached. */
    public Uni<String> formTarget() {
        return tenant().map(tenant -> {
                    String page = metadata(tenant).getEndSessionUri();
                    if (page == null) {
                        return "";
                    }
                    URI address = URI.create(page);
                    return address.getScheme() + "://" + address.getRawAuthority();
                })
                .onFailure()
                .recoverWithItem("");
    }

    /** The tenant, once its provider has been reached. */
    private Uni<TenantConfigContext> tenant() {
        TenantConfigContext tenant = tenants.getStaticTenantsConfig().get(TENANT);
        if (tenant == null) {
            throw new IllegalStateException("login is enabled, and quarkus.oidc.login is not");
        }
        if (tenant.ready()) {
            return Uni.createFrom().item(tenant);
        }
        return tenant.initialize()
                .ifNoItem()
                .after(LONGEST_START)
                .fail()
                .onFailure()
                .transform(failure -> new CannotCheckException())
                .flatMap(now -> now.ready()
                        ? Uni.createFrom().item(now)
                        : Uni.createFrom().failure(new CannotCheckException()));
    }

    private OidcConfigurationMetadata metadata(TenantConfigContext tenant) {
        return tenant.getOidcMetadata();
    }

    private static String client(TenantConfigContext tenant) {
        return tenant.oidcConfig().clientId().orElseThrow();
    }

    /**
     * A code or refresh token that is no good (RFC 6749, section 5.2) is the browser's matter; everything else is ours, or
     * the provider's. quarkus-oidc says what the provider answered in the message alone.
     */
    private static Throwable failed(Throwable failure) {
        boolean refused = failure instanceof OIDCException
                && failure.getMessage() != null
                && REFUSED.matcher(failure.getMessage()).find();
        return refused ? new TokenRefusedException("grant-refused") : new CannotCheckException();
    }

    private static String with(String address, Map<String, String> query) {
        String added = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return address + (address.indexOf('?') < 0 ? "?" : "&") + added;
    }
}
