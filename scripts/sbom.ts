import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson, readJson } from './support/json.ts';
import { ROOT } from './support/root.ts';

const PROPERTY = z.object({ name: z.string(), value: z.string() });
/** The parts of a CycloneDX component that are read; the rest is passed on. */
export const COMPONENT = z.looseObject({
  'bom-ref': z.string().optional(),
  group: z.string().optional(),
  name: z.string(),
  licenses: z
    .array(
      z.looseObject({
        license: z.looseObject({ id: z.string().optional(), name: z.string().optional() }).optional(),
        expression: z.string().optional(),
      }),
    )
    .optional(),
  properties: z.array(PROPERTY).optional(),
});
export type Component = z.infer<typeof COMPONENT>;

const LIST = z.looseObject({
  metadata: z.looseObject({ component: COMPONENT }),
  components: z.array(COMPONENT),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const MODEL = z.object({
  id: z.string(),
  task: z.string(),
  licence: z.string(),
  licenceDoubt: z.string().optional(),
  provenance: z.string(),
  package: z.looseObject({ name: z.string(), version: z.string() }).optional(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});
const MANIFEST = z.looseObject({ models: z.array(MODEL) });

/** A property that npm's list gives a component. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * What is shipped, as CycloneDX 1.5: packages that are installed with this one, on any platform, packages inside its
 * bundles, and models. The same source always gives the same list: it holds no time and no random number.
 * @param bundled names of packages
 */
export function makeSbom(bundled: readonly string[]): object {
  const words = [
    'sbom',
    '--package-lock-only',
    '--include=dev',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
  ];
  const told = execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { metadata, components, dependencies, ...all } = parseJson(told, LIST);
  delete all['serialNumber'];
  delete metadata['timestamp'];
  // npm would use the folder's name.
  metadata.component.name = readJson(join(ROOT, 'package.json'), z.looseObject({ name: z.string() })).name;

  const packages = components.flatMap((component) => {
    const isBundled = bundled.includes(nameOf(component));
    if (!isBundled && component.properties?.some(({ name }) => name === DEVELOPMENT)) return [];
    return [
      isBundled ? { ...component, scope: 'required', properties: [property('bundled', 'true')] } : component,
    ];
  });
  const missing = bundled.filter((name) => !packages.some((component) => nameOf(component) === name));
  if (missing.length > 0) throw new Error(`Expected ${missing.join(', ')} in the lock file but found none`);
  const models = readJson(join(ROOT, 'models/manifest.json'), MANIFEST).models.map(modelComponent);

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

/** The name with its scope, which some versions of npm keep in a field of its own. */
export function nameOf({ group, name }: Pick<Component, 'group' | 'name'>): string {
  return group ? `${group}/${name}` : name;
}

function modelComponent({
  id,
  task,
  licence,
  licenceDoubt,
  provenance,
  package: origin,
  files,
}: z.infer<typeof MODEL>) {
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

function property(name: string, value: string): z.infer<typeof PROPERTY> {
  return { name: `image-deid:${name}`, value };
}
