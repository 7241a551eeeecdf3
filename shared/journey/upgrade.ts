/** Makes a file of one format into one of the next. The entry at index n upgrades format n + 1. */
export type Upgrade = (file: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** Append only: when the format changes, its number grows by one and its upgrade is added here. */
export const upgrades: readonly Upgrade[] = []

/** A file of format 1 or more, brought to the format that follows the last upgrade. */
export function upgraded(
  file: Readonly<Record<string, unknown>>,
  format: number,
  list: readonly Upgrade[] = upgrades,
): Record<string, unknown> {
  return list
    .slice(format - 1)
    .reduce<Record<string, unknown>>((older, upgrade) => upgrade(older), { ...file })
}
