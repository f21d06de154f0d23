/**
 * The part of zod/mini that the page needs, in its place in the bundle (vite.config.ts): the same schemas, read by a
 * tenth of the code. It says whether a value fits and what it is, never why not. tests/small-zod.test.ts compares both.
 */
type Read = { readonly success: true; readonly data: unknown } | { readonly success: false };
type Check = (value: unknown) => boolean;
const NO: Read = { success: false };
const yes = (data: unknown): Read => ({ success: true, data });

/** What a schema is made of, as far as others look into it. */
interface Def {
  readonly innerType?: Schema;
  /** Whether a key may be absent; and whether it may then hold undefined. */
  readonly absent?: 'exactly' | 'or-undefined';
}

interface Schema {
  readonly shape: Shape;
  readonly _zod: { readonly def: Def };
  check(...checks: readonly Check[]): Schema;
  safeParse(value: unknown): Read;
}
type Shape = Readonly<Record<string, Schema>>;

function schema(read: (value: unknown) => Read, def: Def = {}, shape: Shape = {}): Schema {
  return {
    shape,
    _zod: { def },
    safeParse: read,
    check: (...checks) =>
      schema(
        (value) => {
          const result = read(value);
          return result.success && checks.every((holds) => holds(result.data)) ? result : NO;
        },
        def,
        shape,
      ),
  };
}
const when = (holds: Check): Schema => schema((value) => (holds(value) ? yes(value) : NO));

export const safeParse = (of: Schema, value: unknown): Read => of.safeParse(value);
export const unknown = (): Schema => schema(yes);
export const custom = when;
export const string = (): Schema => when((value) => typeof value === 'string');
export const boolean = (): Schema => when((value) => typeof value === 'boolean');
export const number = (): Schema => when(Number.isFinite);
export const int = (): Schema => when(Number.isSafeInteger);
export const literal = (only: unknown): Schema => when((value) => value === only);
const _enum = (all: readonly unknown[]): Schema => when((value) => all.includes(value));
export { _enum as enum };

const lengthOf = (value: unknown): number => (value as string | readonly unknown[]).length;
export const minLength = (least: number) => (value: unknown) => lengthOf(value) >= least;
export const maxLength = (most: number) => (value: unknown) => lengthOf(value) <= most;
export const minimum = (least: number) => (value: unknown) => (value as number) >= least;
export const maximum = (most: number) => (value: unknown) => (value as number) <= most;
export const positive = () => (value: unknown) => (value as number) > 0;
export const nonnegative = () => minimum(0);
export const regex = (pattern: RegExp) => (value: unknown) => pattern.test(value as string);
export const refine = (holds: Check) => holds;

export const array = (item: Schema): Schema =>
  schema((value) => (Array.isArray(value) ? each(value.map((one) => item.safeParse(one))) : NO));
export const tuple = (items: readonly Schema[]): Schema =>
  schema((value) =>
    Array.isArray(value) && value.length === items.length
      ? each(items.map((item, i) => item.safeParse(value[i])))
      : NO,
  );
function each(read: readonly Read[]): Read {
  const data: unknown[] = [];
  for (const one of read) {
    if (!one.success) return NO;
    data.push(one.data);
  }
  return yes(data);
}

export const union = (all: readonly Schema[]): Schema =>
  schema((value) => all.map((one) => one.safeParse(value)).find(({ success }) => success) ?? NO);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (shape: Shape, isStrict = false): Schema =>
  schema(
    (value) => {
      if (!isObject(value)) return NO;
      if (isStrict && Object.keys(value).some((key) => !Object.hasOwn(shape, key))) return NO;
      return fields(
        Object.entries(shape)
          .filter(([key, { _zod }]) => key in value || _zod.def.absent === undefined)
          .map(([key, one]) => [key, one.safeParse(value[key])]),
      );
    },
    {},
    shape,
  );
export const strictObject = (shape: Shape): Schema => object(shape, true);
/** With keys of their own; a key that does not fit is a fault. */
export const record = (keys: Schema, values: Schema): Schema =>
  schema((value) =>
    isObject(value) && Object.keys(value).every((key) => keys.safeParse(key).success)
      ? fields(Object.entries(value).map(([key, one]) => [key, values.safeParse(one)]))
      : NO,
  );
export const partialRecord = record;
function fields(read: readonly (readonly [string, Read])[]): Read {
  const data: [string, unknown][] = [];
  for (const [key, one] of read) {
    if (!one.success) return NO;
    data.push([key, one.data]);
  }
  return yes(Object.fromEntries(data));
}

export const readonly = (inner: Schema): Schema => inner;
export const exactOptional = (inner: Schema): Schema =>
  schema((value) => inner.safeParse(value), { absent: 'exactly' });
export const optional = (inner: Schema): Schema =>
  schema((value) => (value === undefined ? yes(value) : inner.safeParse(value)), { absent: 'or-undefined' });
export const _default = (innerType: Schema, otherwise: unknown): Schema =>
  schema((value) => (value === undefined ? yes(otherwise) : innerType.safeParse(value)), { innerType });
export const transform = (change: (value: unknown) => unknown): Schema =>
  schema((value) => yes(change(value)));
export const pipe = (first: Schema, then: Schema): Schema =>
  schema((value) => {
    const result = first.safeParse(value);
    return result.success ? then.safeParse(result.data) : NO;
  });
