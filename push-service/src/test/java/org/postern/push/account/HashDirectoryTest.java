package org.postern.push.account;

class HashDirectoryTest implements AccountDirectoryContract {
    @Override
    public AccountDirectory empty() {
        return AccountDirectory.ofHashes();
    }
}
