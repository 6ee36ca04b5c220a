use strict;
use Plack::Builder;
use Lemonldap::NG::Portal;
my $portal = Lemonldap::NG::Portal::Main->run({});
builder { mount '/' => $portal; };
