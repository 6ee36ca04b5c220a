// A device and its push service in one: takes pushes over HTTP, checks their headers and their VAPID token, reads them with
// npm http_ece, and listens on an EventSource. Goes through the gateway and knows nothing of Postern but its interface.
//   node device.mjs GATEWAY        the access token is in POSTERN_TOKEN
// Says what happens to it on standard output, a line of JSON each.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { EventSource } from 'eventsource';
import { DeviceKeys } from './keys.mjs';

const [gateway] = process.argv.slice(2);
const authorization = `Bearer ${process.env.POSTERN_TOKEN}`;
const keys = new DeviceKeys();
const tell = (event) => console.log(JSON.stringify(event));

async function call(method, path, body) {
  const response = await fetch(gateway + path, {
    method,
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  return response.status === 204 ? undefined : response.json();
}

/** What is wrong with a token (RFC 8292), or nothing. */
function faultOf(header, origin, applicationServerKey) {
  const [, token, key] = /^vapid t=([\w.-]+), *k=([\w-]+)$/.exec(header ?? '') ?? [];
  if (!token || key !== applicationServerKey) {
    return 'no token of the application server';
  }
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const [head, claims, signature] = token.split('.');
  if (
    !verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  ) {
    return 'a signature that is none';
  }
  const { aud, exp } = JSON.parse(Buffer.from(claims, 'base64url'));
  const left = exp - Date.now() / 1000;
  return aud === origin && left > 0 && left <= 86400 ? undefined : 'a token for somebody or some time else';
}

let subscribed;
let origin;
let applicationServerKey;

async function take(request, response) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const fault =
    faultOf(request.headers.authorization, origin, applicationServerKey) ??
    (request.headers['content-encoding'] !== 'aes128gcm' && 'another content encoding') ??
    undefined;
  if (fault || !/^\d+$/.test(request.headers.ttl ?? '') || body.length > 4096) {
    tell({ event: 'refused', reason: fault || 'ttl or size' });
    response.writeHead(400).end();
    return;
  }
  const text = keys.read(body);
  response.writeHead(201, { location: `${origin}/message/1` }).end();
  const push = JSON.parse(text);
  tell({ event: 'push', urgency: request.headers.urgency, topic: request.headers.topic, push });
  if (push['@type'] === 'PushVerification') {
    const id = (await subscribed).id;
    await call('POST', `/v1/push/subscriptions/${id}/verify`, { verificationCode: push.verificationCode });
    tell({ event: 'verified', id });
  }
}

const fail = (e) => {
  tell({ event: 'failed', reason: e.message });
  process.exit(1);
};

const server = createServer((request, response) => take(request, response).catch(fail));
server.listen(0, '127.0.0.1', async () => {
  try {
    origin = `http://127.0.0.1:${server.address().port}`;
    // As RFC 9749 says: from the capabilities of the session.
    const session = await call('GET', '/v1/push/session');
    applicationServerKey = session.capabilities['urn:ietf:params:jmap:webpush-vapid'].applicationServerKey;
    subscribed = call('POST', '/v1/push/subscriptions', {
      deviceClientId: 'node',
      url: `${origin}/endpoint`,
      keys: { p256dh: keys.p256dh, auth: keys.auth },
      applicationServerKey,
    });
    await subscribed;
    const template = session.eventSourceUrl;
    const url = template.replace('{types}', '*').replace('{closeafter}', 'no').replace('{ping}', '30');
    const events = new EventSource(new URL(url, gateway), {
      fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, authorization } }),
    });
    events.onopen = () => tell({ event: 'listening' });
    events.addEventListener('state', (e) =>
      tell({ event: 'state', id: e.lastEventId, change: JSON.parse(e.data) }),
    );
    events.addEventListener('end', (e) => tell({ event: 'end', reason: JSON.parse(e.data).reason }));
  } catch (e) {
    fail(e);
  }
});
