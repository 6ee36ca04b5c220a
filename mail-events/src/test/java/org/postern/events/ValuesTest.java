package org.postern.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final RecipientHashKey KEY =
            RecipientHashKey.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @ParameterizedTest
    @CsvFileSource(resources = "/values/mail-addresses.csv", useHeadersInDisplayName = true)
    void a_mail_address_is_read_as_rfc_5321_says(String text, String value) {
        assertThat(MailAddress.of(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/values/not-mail-addresses.csv", useHeadersInDisplayName = true)
    void what_is_no_mail_address_is_refused(String text, String why) {
        assertThatThrownBy(() -> MailAddress.of(unescape(text)))
                .as(why)
                .isInstanceOf(MalformedValueException.class)
                .hasMessageStartingWith("mail address");
    }

    @Test
    void an_address_of_255_octets_is_refused_and_one_of_254_is_taken() {
        String local = "l".repeat(64);
        String domain = ("d".repeat(62) + ".").repeat(2) + "d".repeat(63);
        assertThat(MailAddress.of(local + "@" + domain).value()).hasSize(254);
        assertThatThrownBy(() -> MailAddress.of(local + "@d." + domain)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void an_address_does_not_show_itself_in_a_log() {
        assertThat(MailAddress.of("canary@example.org") + " "
                        + new EnvelopeSender.Mailbox(MailAddress.of("canary@example.org")))
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>"})
    void the_empty_reverse_path_is_the_null_sender(String text) {
        assertThat(EnvelopeSender.of(text)).isEqualTo(new EnvelopeSender.NullSender());
    }

    @Test
    void angle_brackets_around_a_reverse_path_are_taken_off() {
        assertThat(EnvelopeSender.of("<a@example.org>").value()).isEqualTo("a@example.org");
    }

    @ParameterizedTest
    @CsvSource({"Example.ORG,example.org", "bücher.example,xn--bcher-kva.example", "example.org.,example.org"})
    void a_domain_name_is_kept_in_lower_case_ascii(String text, String value) {
        assertThat(DomainName.of(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "-a.example", "a b", "a/b", "é\u0000.example"})
    void what_is_no_domain_name_is_refused(String text) {
        assertThatThrownBy(() -> DomainName.of(text)).isInstanceOf(MalformedValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "../../etc/passwd", "0190a0a0-0000-7000-8000-00000000000g", "0-0-0-0-0"})
    void what_is_no_message_id_is_refused(String text) {
        assertThatThrownBy(() -> MessageId.of(text)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void message_ids_sort_by_the_time_they_were_given() {
        MessageId first = MessageId.random();
        MessageId second = MessageId.random();
        assertThat(first.toString()).isLessThan(second.toString());
        assertThat(MessageId.of(first.toString())).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a-", "a/b", "..", "a.b"})
    void a_tenant_cannot_leave_its_folder(String text) {
        assertThatThrownBy(() -> Tenant.of(text)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void an_event_id_is_the_same_for_the_same_event_and_differs_for_another() {
        MessageId message = MessageId.of("0190a0a0-0000-7000-8000-000000000001");
        EventId id = EventId.of(message, "mail.scanned", "attempt-1");
        assertThat(id).isEqualTo(EventId.of(message, "mail.scanned", "attempt-1"));
        assertThat(id).isNotEqualTo(EventId.of(message, "mail.scanned", "attempt-2"));
        assertThat(id).isNotEqualTo(EventId.of(message, "mail.assessed", "attempt-1"));
    }

    @Test
    void a_recipient_is_the_same_hash_in_any_case_and_another_one_for_another_tenant() {
        MailAddress address = MailAddress.of("Alice@Example.org");
        assertThat(KEY.hash(Tenant.DEFAULT, address))
                .isEqualTo(KEY.hash(Tenant.DEFAULT, MailAddress.of("alice@example.org")))
                .isNotEqualTo(KEY.hash(Tenant.of("other"), address));
    }

    @Test
    void a_trace_goes_on_with_the_same_trace_id_and_another_span() {
        TraceContext parent = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        TraceContext child = TraceContext.continueOrStart(parent.traceparent());
        assertThat(child.traceId()).isEqualTo(parent.traceId());
        assertThat(child).isNotEqualTo(parent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319cab7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331x01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-"
            })
    void a_trace_that_is_none_costs_no_mail(String traceparent) {
        TraceContext begun = TraceContext.continueOrStart(traceparent);
        assertThat(begun.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThatThrownBy(() -> new TraceContext(traceparent)).isInstanceOf(MalformedValueException.class);
    }

    private static String unescape(String text) {
        return text.translateEscapes();
    }
}
