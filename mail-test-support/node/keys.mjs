// A device's keys (RFC 8291, section 2.1), and reading what is encrypted for them with npm http_ece.
import { createECDH, randomBytes } from 'node:crypto';
import ece from 'http_ece';

export class DeviceKeys {
  /** @param secrets private key and auth secret in base64url; new ones where there are none */
  constructor({ privateKey, auth } = {}) {
    this.ecdh = createECDH('prime256v1');
    if (privateKey) {
      this.ecdh.setPrivateKey(Buffer.from(privateKey, 'base64url'));
    } else {
      this.ecdh.generateKeys();
    }
    this.authSecret = auth ? Buffer.from(auth, 'base64url') : randomBytes(16);
  }

  get p256dh() {
    return this.ecdh.getPublicKey('base64url');
  }

  get auth() {
    return this.authSecret.toString('base64url');
  }

  /** The text of a push; throws where it is not for these keys. */
  read(body) {
    return ece
      .decrypt(body, { version: 'aes128gcm', privateKey: this.ecdh, authSecret: this.authSecret })
      .toString('utf8');
  }
}
