import com.google.inject.Inject;
import java.lang.reflect.Method;
import java.util.Set;
import org.apache.james.FakeSearchMailboxModule;
import org.apache.james.JamesServerMain;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.jmap.JMAPConfiguration;
import org.apache.james.jmap.JMAPRoute;
import org.apache.james.jmap.JMAPRoutesHandler;
import org.apache.james.jmap.JMAPServer;
import org.apache.james.jmap.VersionParser;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Apache James with everything in memory. The JMAP port of its version 3.8 is on every address of the machine and cannot be
 * configured: here it is on loopback.
 */
public final class JamesOnLoopback {
    private JamesOnLoopback() {}

    public static void main(String[] arguments) throws Exception {
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .useWorkingDirectoryEnvProperty()
                .build();
        JamesServerMain.main(MemoryJamesServerMain.createServer(configuration)
                .combineWith(new FakeSearchMailboxModule())
                .overrideWith(binder -> binder.bind(JMAPServer.class).to(Jmap.class)));
    }

    /** The same routes, elsewhere. */
    public static final class Jmap extends JMAPServer {
        private final int port;
        private DisposableServer server;

        @Inject
        public Jmap(JMAPConfiguration configuration, Set<JMAPRoutesHandler> handlers, VersionParser versions) {
            super(configuration, handlers, versions);
            port = configuration.getPort().orElseThrow().getValue();
        }

        @Override
        public void start() {
            server = HttpServer.create()
                    .host("127.0.0.1")
                    .port(port)
                    .handle((request, response) -> route(request).handleRequest(request, response))
                    .bindNow();
        }

        private JMAPRoute.Action route(HttpServerRequest request) {
            try {
                Method method = JMAPServer.class.getDeclaredMethod("handleVersionRoute", HttpServerRequest.class);
                method.setAccessible(true);
                return (JMAPRoute.Action) method.invoke(this, request);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            if (server != null) {
                server.disposeNow();
            }
        }
    }
}
