import { staffId } from '../../shared/audit/actor.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { contentWriter } from '../store/sqlite/contents/write.ts'
import { surveyAttributes } from '../store/sqlite/customers/attributes.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { clockKey, planner } from '../store/sqlite/events/planned.ts'
import { productSaver } from '../store/sqlite/products/products.ts'
import { programmeWriter } from '../store/sqlite/referrals/write.ts'
import { addCustomers, addHistory } from '../store/sqlite/seed.ts'
import { writeBrand, writeMeta } from '../store/sqlite/settings/meta.ts'
import { addStaff } from '../store/sqlite/staff/seed.ts'
import { handWriter } from '../store/sqlite/tasks/by-hand.ts'
import { answerWriter } from '../store/sqlite/tasks/store.ts'
import {
  type CustomerRow,
  catalogue,
  demoBrand,
  demoClockStart,
  demoContents,
  demoCustomers,
  demoFuture,
  demoFutureUntil,
  demoHistory,
  demoHistoryFrom,
  demoNewcomers,
  demoOwners,
  demoReferral,
  demoRules,
  demoSeed,
  demoStaff,
  demoTasks,
  demoTeams,
  stockOf,
} from './generator/index.ts'

export interface SeedOptions {
  /** 20,000 unless a test wants fewer. */
  readonly members?: number
  /** Told after each batch; a member counts as done with its share of the history. */
  readonly onProgress?: (done: number, of: number) => void
}

const usualMembers = 20_000
const batchSize = 5000

/** Progress is told by time lived through: the history is by far the most of the work. */
function seedEvents(db: BrandDatabase, members: readonly CustomerRow[], tell: (share: number) => void): void {
  const span = demoFutureUntil - demoHistoryFrom
  for (const batch of demoHistory(demoSeed, members, demoHistoryFrom, demoClockStart)) {
    addHistory(db, batch)
    tell(((batch.at(-1)?.at ?? demoHistoryFrom) - demoHistoryFrom) / span)
  }
  const plan = planner(db)
  const everyone = [...members, ...demoNewcomers(demoSeed, demoClockStart, demoFutureUntil)]
  for (const batch of demoFuture(demoSeed, everyone, demoClockStart, demoFutureUntil)) {
    db.sqlite.transaction(() => plan(batch)).immediate()
    tell(((batch.at(-1)?.at ?? demoClockStart) - demoHistoryFrom) / span)
  }
}

/** What the demo brand sells, in the language of its orders. */
function seedProducts(db: BrandDatabase): void {
  const save = productSaver(db)
  const products = catalogue.map(({ sku, name, category, price }, place) => ({
    ...{ id: sku, title: name['zh-CN'], price, category, stock: stockOf(place), image: null },
    ...{ link: `https://example.com/shop/${sku}`, attributes: { name_en: name.en } },
  }))
  db.sqlite.transaction(() => save(products, demoClockStart)).immediate()
}

/** What its library holds. */
function seedContents(db: BrandDatabase): void {
  const write = contentWriter(db)
  const all = () => {
    for (const content of demoContents) write(content, demoClockStart)
  }
  db.sqlite.transaction(all).immediate()
}

/** A programme by which its members invite others, so that their pages can be opened. */
function seedReferrals(db: BrandDatabase): void {
  const write = programmeWriter(db)
  db.sqlite.transaction(() => write(demoReferral, demoClockStart)).immediate()
}

/** Who works for it, and who of its members has whom. */
function seedStaff(db: BrandDatabase, members: readonly CustomerRow[]): void {
  const owners = demoOwners(members, demoClockStart, brandSchema.parse(demoBrand).zone)
  addStaff(db, { teams: demoTeams, staff: demoStaff, rules: demoRules, owners }, demoClockStart)
  seedTasks(db, owners)
}

/** What its staff has been given to do for their customers: some of it done, some late. */
function seedTasks(db: BrandDatabase, owners: Parameters<typeof demoTasks>[0]): void {
  const make = handWriter(db)
  const answer = answerWriter(db)
  const all = () => {
    for (const { made, at, done } of demoTasks(owners, demoClockStart)) {
      const id = make(made, at)
      if (done === null) continue
      const actor = { kind: 'person', id: staffId(done.by), via: 'browser' } as const
      answer(id, done.decision, { actor, at: done.at, realAt: done.at })
    }
  }
  db.sqlite.transaction(all).immediate()
}

/** Fills an empty database with the demo brand: its members, their past, and what they are going to do. */
export function seedDemo(db: BrandDatabase, options: SeedOptions = {}): void {
  const { members: count = usualMembers, onProgress = () => undefined } = options
  const members = demoCustomers(demoSeed, count)
  for (let start = 0; start < count; start += batchSize)
    addCustomers(db, members.slice(start, start + batchSize), demoClockStart)
  seedEvents(db, members, (share) => onProgress(Math.floor(Math.min(1, share) * count), count))
  seedProducts(db)
  seedContents(db)
  seedReferrals(db)
  seedStaff(db, members)
  writeBrand(db, brandSchema.parse(demoBrand))
  writeMeta(db, clockKey, demoClockStart)
  surveyAttributes(db, demoClockStart)
  onProgress(count, count)
}

/** Makes the demo brand in a file of its own; the caller moves it to its place when it is whole. */
export function seedDemoFile(path: string, options: SeedOptions, seal: (db: BrandDatabase) => void): void {
  const db = openDatabase(path, { durability: 'off' })
  try {
    seedDemo(db, options)
    seal(db)
  } finally {
    db.close()
  }
}
