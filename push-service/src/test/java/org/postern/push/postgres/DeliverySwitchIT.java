package org.postern.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;

class DeliverySwitchIT {
    private static final AccountId ONE = AccountId.of("one");
    private static final AccountId TWO = AccountId.of("two");

    private final PushDatabase database = new PushDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNothingWasSaidItIsAsConfigured(boolean usual) {
        assertThat(new JdbcDeliverySwitch(database.transactions(), usual).ours(Tenant.DEFAULT, List.of(ONE, TWO)))
                .hasSize(usual ? 2 : 0);
    }

    @Test
    void whatWasSaidOfAnAccountHoldsForItAloneUntilItIsTakenBack() {
        JdbcDeliverySwitch deliveries = new JdbcDeliverySwitch(database.transactions(), true);
        deliveries.set(Tenant.DEFAULT, Map.of(ONE, false));
        assertThat(deliveries.ours(Tenant.DEFAULT, List.of(ONE, TWO))).containsExactly(TWO);
        assertThat(deliveries.ours(Tenant.of("other"), List.of(ONE))).containsExactly(ONE);

        Map<AccountId, @Nullable Boolean> back = new HashMap<>();
        back.put(ONE, null);
        deliveries.set(Tenant.DEFAULT, back);
        assertThat(deliveries.ours(Tenant.DEFAULT, List.of(ONE, TWO))).containsExactlyInAnyOrder(ONE, TWO);
    }
}
