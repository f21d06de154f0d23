import parse, { type Expression } from 'spdx-expression-parse';
import { nameOf, type Component } from './sbom.ts';

/** Licences that ask for nothing more than attribution. */
const FREE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
];
/** LGPL, as decision 1 states: libraries that are in files of their own and can be replaced. */
const EXCHANGEABLE = [/^libheif-js$/, /^@img\/sharp-libvips-/, /^@img\/sharp-(win32|wasm32)/];
const LGPL = ['LGPL-3.0', 'LGPL-3.0-or-later'];

/** The licence of a component as an SPDX expression; empty when the component names none. */
export function licenceOf({ licenses = [] }: Component): string {
  return licenses
    .map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '')
    .join(' AND ');
}

/** Why components may not be shipped, one sentence each: AGPL, GPL, and any licence that nobody has decided on. */
export function licenceProblems(components: readonly Component[]): string[] {
  return components.flatMap((component) => {
    const [name, licence] = [nameOf(component), licenceOf(component)];
    const allowed = [...FREE, ...(EXCHANGEABLE.some((pattern) => pattern.test(name)) ? LGPL : [])];
    let isAllowed = false;
    try {
      isAllowed = allows(parse(licence), allowed);
    } catch {
      // Not an expression: nobody can say what it allows.
    }
    return isAllowed ? [] : [`${name}: ${licence || 'no licence'}`];
  });
}

function allows(node: Expression, allowed: readonly string[]): boolean {
  if ('conjunction' in node) {
    const [left, right] = [allows(node.left, allowed), allows(node.right, allowed)] as const;
    return node.conjunction === 'and' ? left && right : left || right;
  }
  return node.exception === undefined && !node.plus && allowed.includes(node.license);
}
