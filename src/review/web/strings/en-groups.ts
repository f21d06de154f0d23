/** What the page says about several regions of one kind. */
export const enGroups = {
  heading: 'All of a kind',
  name: (kind: string, count: number) => `${kind}: ${count}`,
  removeAll: (group: string) => `Remove all, ${group}`,
  removeShort: 'Remove all',
  removed: (count: number) => `${count} removed. Undo brings them back.`,
};
