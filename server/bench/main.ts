import { parseArgs } from 'node:util'
import { baseGrowth, baseRehearsal, counting, customerPage, importing, scores, tags } from './base-lines.ts'
import { broadcasts, dispatch, greetings } from './channel-lines.ts'
import { engine, entry, memory, moves, replay } from './engine-lines.ts'
import { canvas, events, growth, joining, links, rehearsal } from './server-lines.ts'
import { removeSharedBases } from './shared-base.ts'

const { values, positionals } = parseArgs({
  options: { customers: { type: 'string' }, members: { type: 'string' } },
  allowPositionals: true,
})
const members = Number(values.members ?? process.env.BENCH_MEMBERS ?? 200_000)
const customers = Number(values.customers ?? process.env.BENCH_CUSTOMERS ?? 1_000_000)
if (!(members >= 100 && customers >= 100))
  throw new Error('--members and --customers are numbers from 100 on')

/** What is measured, in this order; by their names some of it. */
const measured: Readonly<Record<string, () => Promise<void>>> = {
  engine: () => engine(members),
  entry: () => entry(members),
  moves: () => moves(members),
  count: () => counting(customers),
  'base-rehearsal': () => baseRehearsal(customers),
  page: () => customerPage(customers),
  scores: () => scores(customers),
  tags: () => tags(customers),
  'base-growth': () => baseGrowth(customers),
  import: () => importing(Math.min(customers, 100_000)),
  events,
  joining,
  links,
  dispatch: () => dispatch(Math.min(members, 100_000)),
  broadcasts: () => broadcasts(Math.min(members, 100_000)),
  greetings: () => greetings(customers),
  rehearsal,
  replay: () => replay(Math.min(members, 20_000)),
  growth,
  memory: () => memory(members),
  canvas,
}
const unknown = positionals.filter((name) => !Object.hasOwn(measured, name))
if (unknown.length > 0)
  throw new Error(`nothing is called ${unknown.join(', ')}: ${Object.keys(measured).join(', ')}`)
try {
  for (const [name, measure] of Object.entries(measured))
    if (positionals.length === 0 || positionals.includes(name)) await measure()
} finally {
  removeSharedBases()
}
