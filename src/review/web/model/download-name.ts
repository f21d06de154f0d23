/** The name in a content-disposition header; undefined when it has none that is a plain file name. */
export function downloadName(header: string | null): string | undefined {
  const match = /(?:^|;)\s*filename="?([^";]+)"?/i.exec(header ?? '');
  const name = match?.[1]?.trim();
  return name !== undefined && /^[\w.-]+$/.test(name) ? name : undefined;
}
