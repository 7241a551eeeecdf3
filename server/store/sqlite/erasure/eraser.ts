import { erasureRemoved } from '../../../../shared/api/erasures.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { removeCopyOf } from '../../../analytics/copy/files.ts'
import type { EraserStore } from '../../../ports/erasures.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { type EnrollmentRow, enrollmentColumns, storedOrBare } from '../enrollments/enrollments.ts'
import { steadied } from '../steady.ts'
import { readColumn } from '../stored-json.ts'
import { derivedSteps } from './derived.ts'
import { markKeeper } from './marks.ts'
import { Mentions } from './mentions.ts'
import { type Erasing, givenOf, ownSteps, writtenOf } from './own-ways.ts'
import { people, peopleReader } from './people.ts'
import { clearReports, type ReportCleared } from './reports.ts'
import { sweeper } from './sweep.ts'

interface Row {
  id: string
  people: string
  remembered: number
}

type Counts = Readonly<Record<string, { readonly removed: number; readonly stripped: number }>>

const total = (counts: Counts) =>
  Object.values(counts).reduce((sum, { removed, stripped }) => sum + removed + stripped, 0)

/** What a step has done, added to what stands on the certificate. */
function tallyOf({ sqlite }: BrandDatabase) {
  const read = sqlite.prepare<[string], { removed: string }>('select removed from erasures where id = ?')
  const write = sqlite.prepare('update erasures set removed = ? where id = ?')
  const known = (id: string) => {
    const text = read.get(id)?.removed ?? ''
    const found = readColumn(text, erasureRemoved)
    if (!found.readable) throw new UnreadableRow(id, found.reason)
    return found.value
  }
  return {
    add(id: string, counts: Counts): void {
      if (total(counts) === 0) return
      const removed = known(id)
      for (const [table, more] of Object.entries(counts)) {
        const before = removed.tables[table] ?? { removed: 0, stripped: 0 }
        if (more.removed + more.stripped > 0)
          removed.tables[table] = {
            removed: before.removed + more.removed,
            stripped: before.stripped + more.stripped,
          }
      }
      write.run(JSON.stringify(removed), id)
    },
    addFile(id: string, lines: number): void {
      const removed = known(id)
      removed.files = { files: removed.files.files + 1, lines: removed.files.lines + lines }
      write.run(JSON.stringify(removed), id)
    },
    note(id: string, written: ReturnType<typeof writtenOf>): void {
      write.run(JSON.stringify({ ...known(id), written }), id)
    },
  }
}

/** Rule 20: forgets people over one brand's database, batch by batch. */
export function eraserStore(db: BrandDatabase): EraserStore {
  const { sqlite } = db
  const change = changer(db)
  const tally = tallyOf(db)
  const keepMarks = markKeeper(db)
  const readPeople = peopleReader(db)
  const sweep = sweeper(db)
  const open = sqlite.prepare<[], Row>(
    `select id, people, remembered from erasures where status = 'asked' order by asked_at, id limit 1`,
  )
  const find = sqlite.prepare<[string], Row>(
    `select id, people, remembered from erasures where id = ? and status = 'asked'`,
  )
  const renew = sqlite.prepare('update erasures set people = ? where id = ?')
  const underWay = sqlite
    .prepare<[string], EnrollmentRow>(
      `select ${enrollmentColumns} from enrollments
       where customer_id in (select value from json_each(?)) and ended_at is null order by id`,
    )
    .raw()
  const withdraw = sqlite.prepare(
    `update messages set status = 'cancelled', due_at = null
     where customer_id in (select value from json_each(@ids)) and status in ('queued', 'held')`,
  )
  const inHand = sqlite.prepare(
    `update messages set withdrawn = 1
     where customer_id in (select value from json_each(@ids)) and status = 'sending'`,
  )
  const importing = sqlite.prepare(`select 1 from imports where status = 'running' limit 1`)
  const statements = derivedSteps.map(({ sql, ...step }) => ({ ...step, run: sqlite.prepare(sql) }))
  const finished = sqlite.prepare(
    `update erasures set status = 'done', people = null, finished_at = ? where id = ? and status = 'asked'`,
  )
  /** How many of an erasure's steps have found nothing more; a new process looks at all of them again. */
  let reached: { id: string; step: number } | null = null

  const erasingOf = (id: string): Erasing & { remember: boolean } => {
    const row = find.get(id)
    if (row === undefined) throw new Problem('not-found', { what: id }, 'erasure')
    const read = readColumn(row.people, people)
    if (!read.readable) throw new UnreadableRow(id, read.reason)
    return { id, people: read.value, mentions: new Mentions(read.value), remember: row.remembered === 1 }
  }

  const forget = sqlite.transaction((id: string, now: number): boolean => {
    const { remember, ...erasing } = erasingOf(id)
    const { ids } = givenOf(erasing)
    withdraw.run({ ids })
    // An address may have been added since it was asked for; of those who are gone already none is known any more.
    const latest = readPeople(erasing.people.ids)
    const contacts = new Map(
      [...erasing.people.contacts, ...latest.contacts].map((one) => [`${one.kind} ${one.address}`, one]),
    )
    const whole = { ...erasing.people, contacts: [...contacts.values()] }
    renew.run(JSON.stringify(whole), id)
    if (remember) keepMarks(whole, now)
    tally.add(id, ownSteps.profile(db, { ...erasing, people: whole }))
    tally.add(id, ownSteps.cursor(db, erasing))
    return inHand.run({ ids }).changes === 0
  })

  const runDerived = sqlite.transaction((at: number, erasing: Erasing): number => {
    const step = statements[at]
    if (step === undefined) return 0
    const { changes } = step.run.run(givenOf(erasing))
    tally.add(erasing.id, { [step.table]: { removed: 0, stripped: 0, [step.rows]: changes } })
    return changes
  })

  const report = sqlite.prepare('update imports set report = ? where id = ?')
  /** Of one import, in one transaction: its report, and on the certificate once what goes from its file. */
  const keepCleared = sqlite.transaction((id: string, cleared: ReportCleared): void => {
    if (cleared.report !== null) {
      report.run(cleared.report, cleared.id)
      tally.add(id, { imports: { removed: 0, stripped: 1 } })
    }
    const { people: known } = erasingOf(id)
    if (cleared.lines === 0 || known.counted.includes(cleared.id)) return
    tally.addFile(id, cleared.lines)
    renew.run(JSON.stringify({ ...known, counted: [...known.counted, cleared.id] }), id)
  })

  const runOwn = sqlite.transaction((erasing: Erasing): void => {
    // Those two were first; a table that is added to the rest is cleared with it.
    const { profile, cursor, ...others } = ownSteps
    for (const run of Object.values(others)) tally.add(erasing.id, run(db, erasing))
    tally.note(erasing.id, writtenOf(db, erasing))
  })

  return steadied<EraserStore>(db.steady, {
    async next() {
      const row = open.get()
      if (row === undefined) return null
      const read = readColumn(row.people, people)
      if (!read.readable) throw new UnreadableRow(row.id, read.reason)
      return { id: row.id, customerIds: read.value.ids }
    },
    underWay: async (ids) => underWay.all(JSON.stringify(ids)).map(storedOrBare),
    forget: async (id, now) => forget.immediate(id, now),
    async step(id) {
      const erasing = erasingOf(id)
      const from = reached?.id === id ? reached.step : 0
      for (let at = from; at < statements.length; at += 1) {
        const changed = runDerived.immediate(at, erasing)
        reached = { id, step: at }
        if (changed > 0) return changed
      }
      return 0
    },
    async clear(id) {
      // What is being read in may name them, and its report is not there yet.
      if (importing.get() !== undefined) return false
      const erasing = erasingOf(id)
      await clearReports(db, erasing.mentions, (cleared) => keepCleared.immediate(id, cleared))
      runOwn.immediate(erasing)
      // Whoever has it open makes it anew within a second; where nobody has, it is made when somebody asks.
      removeCopyOf(db.path)
      return true
    },
    finish: async (act, id) =>
      void change(
        act,
        () => {
          const { people: whole } = erasingOf(id)
          finished.run(act.realAt, id)
          return whole.ids.length
        },
        (count) => ({ action: 'customer.erased', id, detail: { count } }),
      ),
    sweep,
  })
}
