declare module 'spdx-expression-parse' {
  /** A licence, or two joined expressions. */
  export type Expression =
    | { readonly license: string; readonly plus?: true; readonly exception?: string }
    | { readonly left: Expression; readonly conjunction: 'and' | 'or'; readonly right: Expression };

  /** @throws {Error} when it is not an SPDX expression */
  export default function parse(source: string): Expression;
}
