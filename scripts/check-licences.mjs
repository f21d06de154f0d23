/** Lists the licences of everything that is shipped, by the SBOM in dist/; fails on AGPL, GPL and any nobody decided on. */
import { readFileSync } from 'node:fs';
import { licenceOf, licenceProblems } from './licences.mjs';
import { nameOf } from './sbom.mjs';

const { components } = JSON.parse(readFileSync(new URL('../dist/sbom.cdx.json', import.meta.url), 'utf8'));
const byLicence = new Map();
for (const component of components) {
  const licence = licenceOf(component);
  byLicence.set(licence, [...(byLicence.get(licence) ?? []), nameOf(component)]);
}
for (const [licence, names] of [...byLicence].sort()) {
  process.stdout.write(`${licence || 'no licence'} (${names.length}): ${names.sort().join(', ')}\n`);
}
for (const { name, properties = [] } of components) {
  const doubt = properties.find((property) => property.name === 'image-deid:licence-doubt');
  if (doubt) process.stdout.write(`doubt about ${name}: ${doubt.value}\n`);
}
const problems = licenceProblems(components);
if (problems.length > 0) {
  process.stderr.write(`May not be shipped:\n${problems.join('\n')}\n`);
  process.exit(1);
}
