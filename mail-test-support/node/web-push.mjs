// What npm web-push takes for a push: CPU time of this process, in microseconds, for the body alone and for the body with
// the VAPID token that it signs for each push.
//   node web-push.mjs P256DH AUTH BYTES PUSHES
import webPush from 'web-push';
import { encrypt } from 'web-push/src/encryption-helper.js';

const [p256dh, auth, bytes, pushes] = process.argv.slice(2);
const subscription = { endpoint: 'https://push.example.com/x', keys: { p256dh, auth } };
const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const options = {
  TTL: 86400,
  contentEncoding: 'aes128gcm',
  vapidDetails: { subject: 'mailto:postmaster@example.org', publicKey, privateKey },
};
const document = Buffer.alloc(Number(bytes), 'x');

function cost(work) {
  const times = [];
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < Number(pushes); i++) {
      work();
    }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / Number(pushes));
  }
  // The first rounds warm up.
  return Math.min(...times.slice(2));
}

console.log(
  JSON.stringify({
    body: cost(() => encrypt(p256dh, auth, document, 'aes128gcm')),
    withToken: cost(() => webPush.generateRequestDetails(subscription, document, options)),
  }),
);
