package org.postern.message.health;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the database answers. Told under {@code /q/health/well} and not in readiness: without it mails are still taken
 * in, and a replica that is not ready would get none. Kafka, without which nothing is, is in readiness.
 */
@Wellness
@ApplicationScoped
public class DatabaseWellness implements HealthCheck {
    private static final int LONGEST_SECONDS = 2;

    private final DataSource dataSource;

    DatabaseWellness(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = dataSource.getConnection()) {
            return HealthCheckResponse.named("database")
                    .status(connection.isValid(LONGEST_SECONDS))
                    .build();
        } catch (SQLException e) {
            return HealthCheckResponse.down("database");
        }
    }
}
