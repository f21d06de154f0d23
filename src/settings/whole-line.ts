/** A pattern of `allowText` as it is matched: a line from end to end. @throws {SyntaxError} when it is none */
export function wholeLine(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
