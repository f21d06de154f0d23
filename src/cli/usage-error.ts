/** The command line is not one that the parser understands. */
export class UsageError extends Error {}
