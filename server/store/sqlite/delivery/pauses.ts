import type Database from 'better-sqlite3'
import type { ChannelPause } from '../../../../shared/api/delivery.ts'
import { type Actor, actor } from '../../../../shared/audit/actor.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

type Sqlite = Pick<BrandDatabase, 'sqlite'>

/** Of somebody whose name cannot be read any more. */
const somebody: Actor = { kind: 'person', id: 'unknown', via: 'api' }

/** The channels that people have paused, the longest first. */
export function listPauses({ sqlite }: Sqlite): ChannelPause[] {
  return sqlite
    .prepare<[], { channel: string; since: number; by: string; reason: string }>(
      'select channel, since, by, reason from channel_pauses order by since, channel',
    )
    .all()
    .map(({ by, ...pause }) => ({ ...pause, by: valueOr(readColumn(by, actor), somebody) }))
}

/** Whether a channel is paused: asked by each claim, within its transaction. */
export function pauseReader({ sqlite }: Sqlite): (channel: string) => boolean {
  const read = sqlite.prepare<[string]>('select 1 from channel_pauses where channel = ?')
  return (channel) => read.get(channel) !== undefined
}

/** All that are. */
export function pausedReader(sqlite: Database.Database): () => ReadonlySet<string> {
  const read = sqlite.prepare<[], string>('select channel from channel_pauses').pluck()
  return () => new Set(read.all())
}

export function pauseWriter({ sqlite }: Sqlite) {
  const write = sqlite.prepare(
    `insert into channel_pauses (channel, since, by, reason) values (?, ?, ?, ?)
     on conflict do update set by = excluded.by, reason = excluded.reason`,
  )
  const end = sqlite.prepare('delete from channel_pauses where channel = ?')
  return {
    write: (channel: string, since: number, by: Actor, reason: string) => {
      write.run(channel, since, JSON.stringify(by), reason)
    },
    end: (channel: string): boolean => end.run(channel).changes > 0,
  }
}
