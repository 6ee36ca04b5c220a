package org.postern.render.remote;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whose tracker an address is. A short table of well-known ones, by host and a piece of the address. */
public final class Trackers {
    private record Known(String vendor, String host, String piece) {}

    private static final List<Known> TABLE = List.of(
            new Known("Mailchimp", "list-manage.com", "/track/open"),
            new Known("Mandrill", "mandrillapp.com", "/track/open"),
            new Known("SendGrid", "sendgrid.net", "/wf/open"),
            new Known("SendGrid", "", "/wf/open?upn="),
            new Known("HubSpot", "hubspotemail.net", ""),
            new Known("HubSpot", "track.hubspot.com", ""),
            new Known("Postmark", "pstmrk.it", "/open"),
            new Known("Amazon SES", "awstrack.me", ""),
            new Known("Litmus", "emltrk.com", ""),
            new Known("Salesforce", "exct.net", "/open.aspx"),
            new Known("Constant Contact", "rs6.net", "/on.jsp"),
            new Known("Customer.io", "customeriomail.com", "/e/o/"),
            new Known("Mailtrack", "mailtrack.io", ""),
            new Known("Yesware", "t.yesware.com", ""),
            new Known("Streak", "mailfoogae.appspot.com", ""),
            new Known("Mixmax", "track.mixmax.com", ""),
            new Known("Superhuman", "r.superhuman.com", ""),
            new Known("Intercom", "via.intercom.io", "/o"),
            new Known("Google Analytics", "google-analytics.com", "/collect"),
            new Known("Meta", "facebook.com", "/tr"));

    private Trackers() {}

    /** The vendor, or null where it is no known tracker. */
    public static @Nullable String vendorOf(RemoteUrl url) {
        String address = url.normal().toLowerCase(Locale.ROOT);
        for (Known known : TABLE) {
            boolean host = known.host.isEmpty()
                    || url.host().equals(known.host)
                    || url.host().endsWith("." + known.host);
            if (host && address.contains(known.piece)) {
                return known.vendor;
            }
        }
        return null;
    }
}
