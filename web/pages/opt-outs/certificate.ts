import { type Certificate, heldIn } from '../../../shared/api/erasures.ts'
import type { LocalText, WrittenText } from '../../../shared/text.ts'

/** How the words of a certificate are said: by the page that shows it, and on the paper that is downloaded. */
export interface Saying {
  readonly words: (key: PaperKey, values?: Readonly<Record<string, string | number>>) => string
  readonly text: (text: LocalText | WrittenText) => string
  readonly time: (at: number) => string
  readonly count: (count: number) => string
  readonly by: string
}

export type PaperKey =
  | 'title'
  | 'id'
  | 'asked'
  | 'finished'
  | 'notYet'
  | 'records'
  | 'removed'
  | 'stripped'
  | 'files'
  | 'remembered'
  | 'forgotten'
  | 'swept'
  | 'notSwept'
  | 'backups'
  | 'written'

/** What was taken out of each table, the largest first. */
export function takenOf({ removed }: Certificate): { table: string; removed: number; stripped: number }[] {
  return Object.entries(removed.tables)
    .map(([table, counts]) => ({ table, ...counts }))
    .sort((a, b) => b.removed + b.stripped - (a.removed + a.stripped))
}

/** What a table holds, or its name where a later release has added it. */
export const tableName = (table: string, text: Saying['text']): string => {
  const words = heldIn[table]
  return words === undefined ? table : text(words)
}

/** A certificate as the lines of a text that can be handed to whoever asked for it; its title comes first. */
export function paperOf(
  certificate: Certificate,
  { words, text, time, count, by }: Saying,
): readonly string[] {
  const { id, records, askedAt, finishedAt, remembered, removed, sweptAt } = certificate
  const part = (rows: 'removed' | 'stripped') => {
    const lines = takenOf(certificate).filter((one) => one[rows] > 0)
    const sum = lines.reduce((total, one) => total + one[rows], 0)
    return [
      words(rows, { count: count(sum) }),
      ...lines.map((one) => `  - ${tableName(one.table, text)}: ${count(one[rows])}`),
    ]
  }
  return [
    words('title'),
    '',
    words('id', { id }),
    words('asked', { at: time(askedAt), by }),
    finishedAt === null ? words('notYet') : words('finished', { at: time(finishedAt) }),
    words('records', { count: records }),
    '',
    ...part('removed'),
    ...part('stripped'),
    words('files', { lines: count(removed.files.lines), files: count(removed.files.files) }),
    '',
    words(remembered ? 'remembered' : 'forgotten'),
    sweptAt === null ? words('notSwept') : words('swept', { at: time(sweptAt) }),
    words('backups'),
    ...(removed.written.length === 0
      ? []
      : [
          '',
          words('written'),
          ...removed.written.map(({ id: place, name }) => `  - ${name === null ? place : text(name)}`),
        ]),
    '',
  ]
}
