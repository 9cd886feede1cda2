#!/bin/sh
# Makes bot_api.schema.json anew, without prose: `make_schema.sh [VERSION of @gramio/types]`. Needs node, npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "@gramio/types@${1:-10.3.1}" ts-json-schema-generator typescript
npx ts-json-schema-generator --path 'node_modules/@gramio/types/out/objects.d.ts' --type '*' --no-type-check \
  --jsDoc none --out raw.json
node - "$here/bot_api.schema.json" <<'JS'
const fs = require("node:fs");
const { version } = JSON.parse(fs.readFileSync("node_modules/@gramio/types/package.json", "utf8"));
const raw = JSON.parse(fs.readFileSync("raw.json", "utf8"));
const schema = { $schema: raw.$schema, $comment: `@gramio/types ${version}`, definitions: raw.definitions };
fs.writeFileSync(process.argv[2], JSON.stringify(schema, null, 1) + "\n");
JS
