import { z } from 'zod'
import { type MessageShown, messageShown } from '../../../../shared/api/messages.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

export const nothingShown: MessageShown = { contents: [], picked: [] }

/** Of the step's reason only what a message shows; a step of an earlier release says nothing of it. */
const reason = z.object({
  contents: messageShown.shape.contents.catch([]).default([]),
  picked: messageShown.shape.picked.catch([]).default([]),
})

/** What messages showed, by their ids: as the step that sent each, which is of the same moment, wrote it down. */
export function shownBy({ sqlite }: BrandDatabase, ids: readonly number[]): Map<number, MessageShown> {
  const rows = sqlite
    .prepare<[string], { id: number; reason: string }>(
      `select m.id, t.reason from messages m
       join traces t on t.enrollment_id = m.enrollment_id and t.node = m.node and t.at = m.created_at and t.outcome = 'sent'
       where m.id in (select value from json_each(?)) order by t.seq`,
    )
    .all(JSON.stringify(ids))
  return new Map(
    rows.map((row) => {
      // Where the step itself cannot be read the story says so.
      const read = readColumn(row.reason, reason)
      return [row.id, read.readable ? read.value : nothingShown]
    }),
  )
}
