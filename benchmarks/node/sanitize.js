// DOMPurify with jsdom over the HTML files of a folder: microdocuments of CPU a document, after warming up.
// usage: node sanitize.js FOLDER DOCUMENTS
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';

const [folder, documents] = [process.argv[2], Number(process.argv[3])];
const inputs = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const purify = createDOMPurify(new JSDOM('').window);
let length = 0;

async function round(count) {
  for (let i = 0; i < count; i++) {
    length += purify.sanitize(inputs[i % inputs.length], { WHOLE_DOCUMENT: true, ADD_TAGS: ['style', 'head', 'meta'] }).length;
    // jsdom lets go of its documents between the turns of the event loop.
    await new Promise((done) => setImmediate(done));
  }
}

await round(documents);
const before = process.cpuUsage();
await round(documents);
const used = process.cpuUsage(before);
console.log(((used.user + used.system) / documents).toFixed(1));
if (length === 0) process.exit(1);
