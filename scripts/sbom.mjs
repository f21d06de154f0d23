import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
/** A component's property of npm's list. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * What is shipped, as CycloneDX 1.5: packages that are installed with this one, on any platform, packages that are inside
 * its bundles, and models. The same for the same source: no time and no number drawn at random.
 * @param bundled names of packages
 */
export function makeSbom(bundled) {
  const words = [
    'sbom',
    '--package-lock-only',
    '--include=dev',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
  ];
  const { metadata, components, dependencies, ...all } = JSON.parse(
    execFileSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
  );
  delete all.serialNumber;
  delete metadata.timestamp;
  // npm takes the folder's.
  metadata.component.name = read('package.json').name;

  const packages = components.flatMap((component) => {
    const isBundled = bundled.includes(nameOf(component));
    if (!isBundled && component.properties.some(({ name }) => name === DEVELOPMENT)) return [];
    return [
      isBundled ? { ...component, scope: 'required', properties: [property('bundled', 'true')] } : component,
    ];
  });
  const missing = bundled.filter((name) => !packages.some((component) => nameOf(component) === name));
  if (missing.length > 0) throw new Error(`Expected ${missing.join(', ')} in the lock file but found none`);
  const models = read('models/manifest.json').models.map(modelComponent);

  const refs = new Set([...packages, ...models].map((component) => component['bom-ref']));
  const own = metadata.component['bom-ref'];
  const inside = packages.filter((component) => bundled.includes(nameOf(component)));
  return {
    ...all,
    metadata,
    components: [...packages, ...models],
    dependencies: [
      ...dependencies
        .filter(({ ref }) => ref === own || refs.has(ref))
        .map(({ ref, dependsOn }) => {
          const more = ref === own ? [...inside, ...models].map((component) => component['bom-ref']) : [];
          return { ref, dependsOn: [...new Set([...dependsOn.filter((to) => refs.has(to)), ...more])] };
        }),
      ...models.map((model) => ({ ref: model['bom-ref'], dependsOn: [] })),
    ],
  };
}

/** With the scope that npm keeps in a field of its own in some versions. */
export function nameOf({ group, name }) {
  return group ? `${group}/${name}` : name;
}

function modelComponent({ id, task, licence, licenceDoubt, provenance, package: origin, files }) {
  return {
    'bom-ref': `model:${id}`,
    type: 'machine-learning-model',
    name: id,
    description: `${task}: ${provenance}`,
    scope: 'required',
    licenses: [{ expression: licence }],
    properties: [
      ...(origin ? [property('inside', `${origin.name}@${origin.version}`)] : []),
      ...(licenceDoubt ? [property('licence-doubt', licenceDoubt)] : []),
    ],
    components: files.map(({ path, sha256 }) => ({
      'bom-ref': `model:${id}/${path}`,
      type: 'file',
      name: path,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
  };
}

function property(name, value) {
  return { name: `image-deid:${name}`, value };
}
