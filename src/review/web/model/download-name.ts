/** The file name in a content-disposition header; undefined when there is none or it is not a plain file name. */
export function downloadName(header: string | null): string | undefined {
  const match = /(?:^|;)\s*filename="?([^";]+)"?/i.exec(header ?? '');
  const name = match?.[1]?.trim();
  return name !== undefined && /^[\w.-]+$/.test(name) ? name : undefined;
}
