/**
 * `npm run check-licences`: lists the licences of everything that is shipped, from the SBOM in dist/; fails on AGPL,
 * GPL and any licence that nobody has decided on.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { licenceOf, licenceProblems } from './licences.ts';
import { COMPONENT, nameOf } from './sbom.ts';
import { toolArguments } from './support/arguments.ts';
import { readJson } from './support/json.ts';
import { ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});
const SBOM = z.looseObject({ components: z.array(COMPONENT) });
const { components } = readJson(join(ROOT, 'dist/sbom.cdx.json'), SBOM);
const byLicence = new Map<string, string[]>();
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
