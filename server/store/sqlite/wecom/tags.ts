import type { BoundTag } from '../../../../shared/api/wecom-tags.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { originOf } from '../../../../shared/origins/kinds.ts'
import type { Act } from '../../../ports/acts.ts'
import type { DueMarks, Marked, TagsHeard } from '../../../ports/wecom.ts'
import type { Binding, WecomTagStore } from '../../../ports/wecom-tags.ts'
import { auditWriter } from '../audit/audit.ts'
import { changer } from '../changes.ts'
import { customerSaver } from '../customers/customers.ts'
import type { BrandDatabase } from '../database.ts'

interface Mark {
  tag: string
  tagId: string
  known: number | null
  dueAt: number | null
  toldAt: number | null
  has: number
}

interface DueRow {
  customerId: string
  tagId: string
  turn: number
  has: number
}

/** Rows by the customer that each is of. */
function grouped<T extends { readonly customerId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const known = groups.get(row.customerId)
    if (known === undefined) groups.set(row.customerId, [row])
    else known.push(row)
  }
  return groups
}

/** What stands in WeCom of the bound tags, within the caller's transaction. */
export function tagKeeper(db: BrandDatabase) {
  const { sqlite } = db
  const save = customerSaver(db, { source: 'api' })
  const audit = auditWriter(db)
  const any = sqlite.prepare<[], number>('select exists (select 1 from wecom_tags)').pluck()
  const customerOf = sqlite
    .prepare<[string], string>('select customer_id from wecom_follows where external_user_id = ? limit 1')
    .pluck()
  const marksOf = sqlite.prepare<{ id: string }, Mark>(
    `select b.tag, b.tag_id as tagId, m.known, m.due_at as dueAt, m.told_at as toldAt,
       exists (select 1 from tags t where t.customer_id = @id and t.tag = b.tag) as has
     from wecom_tags b left join wecom_marks m on m.customer_id = @id and m.tag_id = b.tag_id
     where b.gone_at is null`,
  )
  const know = sqlite.prepare<{ id: string; tagId: string; known: number }>(
    `insert into wecom_marks (customer_id, tag_id, known) values (@id, @tagId, @known)
     on conflict do update set known = excluded.known, due_at = null, error = null, turn = turn + 1`,
  )
  const tell = sqlite.prepare<{ id: string; tagId: string }>(
    `insert into wecom_marks (customer_id, tag_id, due_at) values (@id, @tagId, 0)
     on conflict do update set due_at = 0, turn = turn + 1`,
  )
  const due = sqlite.prepare<{ now: number; limit: number }, DueRow>(
    `with due_now as (select distinct customer_id from wecom_marks
       where due_at is not null and due_at <= @now order by due_at limit @limit)
     select m.customer_id as customerId, m.tag_id as tagId, m.turn,
       exists (select 1 from tags t where t.customer_id = m.customer_id and t.tag = b.tag) as has
     from wecom_marks m join wecom_tags b on b.tag_id = m.tag_id and b.gone_at is null
     where m.customer_id in (select customer_id from due_now) and m.due_at is not null and m.due_at <= @now`,
  )
  const friends = sqlite.prepare<[string], { customerId: string; externalUserId: string; userId: string }>(
    `select customer_id as customerId, external_user_id as externalUserId, user_id as userId from wecom_follows
     where customer_id in (select value from json_each(?)) and (removed_at is null or removed_at < added_at)`,
  )
  // What has changed here while WeCom was told stays due.
  const told = sqlite.prepare(
    `update wecom_marks set known = @has, told_at = @now, error = null, attempts = 0,
       due_at = iif(turn = @turn, null, due_at) where customer_id = @id and tag_id = @tagId`,
  )
  const failed = sqlite.prepare(
    `update wecom_marks set error = @error, attempts = attempts + 1,
       due_at = iif(turn = @turn, @dueAt, due_at) where customer_id = @id and tag_id = @tagId`,
  )
  const goneOf = {
    tag: sqlite.prepare('update wecom_tags set gone_at = @now where tag_id = @id and gone_at is null'),
    tag_group: sqlite.prepare(
      'update wecom_tags set gone_at = @now where group_id = @id and gone_at is null',
    ),
  } as const
  const rest = sqlite.prepare(
    `update wecom_marks set due_at = null
     where tag_id in (select tag_id from wecom_tags where gone_at is not null) and due_at is not null`,
  )

  return {
    heard(act: Act, { externalUserId, tagIds, whole, askedAt }: TagsHeard): boolean {
      if (any.get() !== 1) return true
      const id = customerOf.get(externalUserId)
      if (id === undefined) return true
      const there = new Set(tagIds)
      // What is to be told, or was told since WeCom was asked, is newer here.
      const marks = marksOf.all({ id })
      const settled = marks.filter(({ dueAt, toldAt }) => dueAt === null && (toldAt ?? 0) <= askedAt)
      const put = settled.filter(({ tagId, known }) => there.has(tagId) && known !== 1)
      const taken = settled.filter(({ tagId, known }) => whole && !there.has(tagId) && known === 1)
      const [tags, withoutTags] = [put, taken].map((marks) => marks.map(({ tag }) => tag))
      if (put.some(({ has }) => has === 0) || taken.some(({ has }) => has === 1)) {
        save(
          [{ id, attributes: {}, tags: tags ?? [], withoutTags: withoutTags ?? [] }],
          act.at,
          originOf(act.actor),
        )
        audit(act, 'records.taken', '', { kind: 'customers', updated: 1 })
      }
      for (const { tagId } of put) know.run({ id, tagId, known: 1 })
      for (const { tagId } of taken) know.run({ id, tagId, known: 0 })
      // Somebody who has a tag here before WeCom has heard of them.
      for (const { tagId, known, has } of settled)
        if (has === 1 && known === null && !there.has(tagId)) tell.run({ id, tagId })
      return marks.every(({ toldAt }) => (toldAt ?? 0) <= askedAt)
    },
    gone(of: 'tag' | 'tag_group', id: string, now: number): void {
      if (goneOf[of].run({ id, now }).changes > 0) rest.run()
    },
    due(now: number, limit: number): DueMarks[] {
      const rows = due.all({ now, limit })
      if (rows.length === 0) return []
      const byCustomer = grouped(rows)
      const all = friends.all(JSON.stringify([...byCustomer.keys()]))
      const friendsOf = grouped(all)
      return [...byCustomer].map(([customerId, marks]) => ({
        customerId,
        friends: friendsOf.get(customerId) ?? [],
        marks: marks.map(({ tagId, turn, has }) => ({ tagId, turn, has: has === 1 })),
      }))
    },
    marked(results: readonly Marked[], now: number): void {
      for (const result of results)
        for (const { tagId, turn, has } of result.marks) {
          const of = { id: result.customerId, tagId, turn }
          if (result.told) told.run({ ...of, has: has ? 1 : 0, now })
          else failed.run({ ...of, error: result.error.slice(0, 300), dueAt: result.dueAt })
        }
    },
  }
}

/** Which of the brand's tags are which of the corp's. */
export function wecomTagStore(db: BrandDatabase): WecomTagStore {
  const { sqlite } = db
  const change = changer(db)
  const list = sqlite.prepare<[], Omit<BoundTag, 'gone'> & { gone: number }>(
    `select b.tag, b.tag_id as tagId, b.group_name as "group", b.name, b.gone_at is not null as gone,
       (select count(*) from wecom_marks m where m.tag_id = b.tag_id and m.known = 1) as customers,
       (select count(*) from wecom_marks m where m.tag_id = b.tag_id and m.due_at is not null) as waiting,
       (select count(*) from wecom_marks m where m.tag_id = b.tag_id and m.due_at is null
          and m.error is not null) as failed,
       (select m.error from wecom_marks m where m.tag_id = b.tag_id and m.error is not null limit 1) as error
     from wecom_tags b order by b.bound_at desc, b.tag`,
  )
  const taken = sqlite.prepare<Binding, { tag: string; name: string }>(
    'select tag, name from wecom_tags where tag = @tag or tag_id = @tagId',
  )
  const add = sqlite.prepare<Binding & { at: number }>(
    `insert into wecom_tags (tag, tag_id, group_id, group_name, name, bound_at)
     values (@tag, @tagId, @groupId, @groupName, @name, @at)`,
  )
  const tellAll = sqlite.prepare<Binding>(
    `insert or replace into wecom_marks (customer_id, tag_id, due_at)
     select t.customer_id, @tagId, 0 from tags t where t.tag = @tag and t.customer_id in (
       select customer_id from wecom_follows where removed_at is null or removed_at < added_at)`,
  )
  const forget = sqlite.prepare('delete from wecom_marks where tag_id = ?')
  const drop = sqlite
    .prepare<[string], string>('delete from wecom_tags where tag_id = ? returning tag')
    .pluck()
  return {
    list: async () => list.all().map(({ gone, ...row }) => ({ ...row, gone: gone === 1 })),
    async bind(act, binding) {
      change(
        act,
        () => {
          const other = taken.get(binding)
          if (other !== undefined) throw new Problem('wecom-tag-bound', { ...other }, 'tag')
          add.run({ ...binding, at: act.realAt })
          tellAll.run(binding)
        },
        () => ({ action: 'wecom_tag.bound', id: binding.tagId, detail: { what: binding.tag } }),
      )
    },
    async unbind(act, tagId) {
      change(
        act,
        () => {
          const tag = drop.get(tagId)
          if (tag === undefined) throw new Problem('not-found', { what: tagId }, 'tagId')
          forget.run(tagId)
          return tag
        },
        (tag) => ({ action: 'wecom_tag.unbound', id: tagId, detail: { what: tag } }),
      )
    },
  }
}
