#!/bin/sh
# Puts the files of some Debian packages, and what a system has at the least, into a folder of its own:
#   system.sh FOLDER PACKAGE...
# What each package is stands in var/lib/dpkg/status.d, where scanners of images look for it.
set -eu
to=$1
shift
mkdir -p "$to/etc" "$to/usr/bin" "$to/usr/lib" "$to/usr/lib64" "$to/usr/sbin" "$to/tmp" "$to/work/config" \
    "$to/var/lib/dpkg/status.d" "$to/var/lib/postern"
for folder in bin lib lib64 sbin; do ln -s "usr/$folder" "$to/$folder"; done
chmod 1777 "$to/tmp"
chown -R 10001:10001 "$to/var/lib/postern"
echo 'postern:x:10001:10001::/work:/usr/sbin/nologin' >"$to/etc/passwd"
echo 'postern:x:10001:' >"$to/etc/group"
echo 'hosts: files dns' >"$to/etc/nsswitch.conf"
cp /etc/os-release "$to/etc/os-release"
for package in "$@"; do
    # No programs, and of the documents only the licence.
    dpkg -L "$package" | grep -vE '^/(usr/)?s?bin/|^/usr/share/(man|lintian|locale)/|^/etc/ld\.so' |
        while read -r file; do
            if [ ! -L "$file" ] && [ -d "$file" ]; then continue; fi
            case $file in /usr/share/doc/*) [ "${file##*/}" = copyright ] || continue ;; esac
            [ -e "$file" ] || [ -L "$file" ] || continue
            mkdir -p "$to$(dirname "$file")"
            cp -a "$file" "$to$file"
        done
    dpkg-query -s "$package" >"$to/var/lib/dpkg/status.d/$package"
done
