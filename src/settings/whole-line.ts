/** A pattern of `allowText`, made to match a line from end to end. @throws {SyntaxError} when it is not a pattern */
export function wholeLine(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
