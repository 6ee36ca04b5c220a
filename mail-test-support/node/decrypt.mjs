// Reads pushes with npm http_ece: a line of JSON with privateKey, auth and body in base64url comes in, one with the text
// or the error goes out.
import { createInterface } from 'node:readline';
import { DeviceKeys } from './keys.mjs';

for await (const line of createInterface({ input: process.stdin })) {
  const push = JSON.parse(line);
  let answer;
  try {
    answer = { text: new DeviceKeys(push).read(Buffer.from(push.body, 'base64url')) };
  } catch (e) {
    answer = { error: e.message };
  }
  console.log(JSON.stringify(answer));
}
