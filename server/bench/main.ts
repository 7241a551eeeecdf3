import { parseArgs } from 'node:util'
import { limits } from '../../shared/limits.ts'
import { measureBaseGrowth } from './base-growth.ts'
import { measureBaseRehearsal } from './base-rehearsal.ts'
import { measureCanvas } from './canvas.ts'
import { measureCounting } from './counting.ts'
import { measureCustomerPage } from './customer-page.ts'
import { measureEngine } from './engine.ts'
import { measureEntry } from './entry.ts'
import { measureEvents } from './events.ts'
import { measureGrowth } from './growth.ts'
import { measureImport } from './importing.ts'
import { measureJoining } from './joining.ts'
import { measureMemory } from './memory.ts'
import { measureMoves } from './moves.ts'
import { runNaive } from './naive.ts'
import { measureRedirects } from './redirects.ts'
import { runRehearsal } from './rehearsal.ts'
import { measureReplay } from './replay.ts'
import { measureScores } from './scores.ts'
import { removeSharedBases, sharedBase } from './shared-base.ts'
import { measureTags } from './tags.ts'
import { scratch } from './world.ts'

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** One line: what was measured, beside what, and whether it reaches what is asked of it. */
function line(name: string, measured: string, ratio: string, asked: string, ok: boolean): void {
  console.log(
    `${ok ? 'ok  ' : 'SHORT'} ${name.padEnd(34)} ${measured.padEnd(44)} ${ratio.padEnd(14)} ${asked}`,
  )
}

async function engine(members: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { steps, engineSeconds, floorSeconds } = await measureEngine(path, members)
    const rate = steps / engineSeconds
    const floor = steps / floorSeconds
    const naive = runNaive(path('naive.sqlite'), Math.min(members, 2000))
    line(
      `engine, ${number.format(members)} enrollments`,
      `${number.format(rate)} steps/s, bare writes ${number.format(floor)}`,
      `ratio ${(rate / floor).toFixed(2)}`,
      'asked: at least 0.65',
      rate / floor >= 0.65,
    )
    line(
      'engine beside the naive way',
      `naive ${number.format(naive)} steps/s`,
      `${(rate / naive).toFixed(1)} times`,
      'asked: at least 4',
      rate / naive >= 4,
    )
  } finally {
    remove()
  }
}

async function entry(members: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { entered, engineSeconds, floorSeconds } = await measureEntry(path, members)
    line(
      `entry, ${number.format(entered)} of an audience`,
      `${number.format(entered / engineSeconds)} entries/s, bare inserts ${number.format(entered / floorSeconds)}`,
      `ratio ${(floorSeconds / engineSeconds).toFixed(2)}`,
      'asked: at least 0.5',
      floorSeconds / engineSeconds >= 0.5,
    )
  } finally {
    remove()
  }
}

async function counting(customers: number): Promise<void> {
  const figures = await measureCounting(sharedBase(customers))
  const { seconds, dearestSeconds, sqliteSeconds, typedSeconds, madeSeconds, copyBytes, truthBytes } = figures
  const { sequence, sequenceTypedSeconds } = figures
  const rows = customers * 6
  line(
    `Qixi count of ${number.format(customers)}`,
    `${(seconds * 1000).toFixed(0)} ms for ${number.format(figures.count)}, best SQLite ${(sqliteSeconds * 1000).toFixed(0)} ms`,
    `${(sqliteSeconds / seconds).toFixed(1)} times`,
    'asked: at least 5 times faster',
    sqliteSeconds / seconds >= 5,
  )
  line(
    'beside the same typed into DuckDB',
    `${(typedSeconds * 1000).toFixed(0)} ms by hand`,
    `ratio ${(seconds / typedSeconds).toFixed(2)}`,
    'asked: at most 2',
    seconds <= typedSeconds * 2,
  )
  line(
    `count of a sequence over ${number.format(customers)}`,
    `${(sequence.seconds * 1000).toFixed(0)} ms for ${number.format(sequence.count)}, ${(sequenceTypedSeconds * 1000).toFixed(0)} ms typed into DuckDB`,
    `ratio ${(sequence.seconds / sequenceTypedSeconds).toFixed(2)}`,
    'asked: at most 1.5',
    sequence.seconds <= sequenceTypedSeconds * 1.5,
  )
  line(
    `count with ${limits.conditionSums.value} sums, the most allowed`,
    `${(dearestSeconds * 1000).toFixed(0)} ms over ${number.format(customers)}`,
    `${(dearestSeconds / seconds).toFixed(0)} times Qixi`,
    `asked: within ${limits.countTime.value} s`,
    dearestSeconds <= limits.countTime.value,
  )
  line(
    'the analytical copy, made anew',
    `${number.format(rows / madeSeconds)} rows/s, ${(truthBytes / rows).toFixed(0)} and ${(copyBytes / rows).toFixed(0)} bytes a row`,
    `${madeSeconds.toFixed(1)} s`,
    'asked: within 60 s a million customers',
    madeSeconds <= Math.max(5, (customers / 1_000_000) * 60),
  )
}

async function baseRehearsal(customers: number): Promise<void> {
  const figures = await measureBaseRehearsal(sharedBase(customers).path)
  const { entered, seconds, oneSeconds, floorSeconds, megabytes } = figures
  line(
    `Qixi rehearsed over ${number.format(customers)}`,
    `${number.format(customers / seconds)} members/s, ${number.format(entered)} of them enter; one thread ${number.format(customers / oneSeconds)}`,
    `${(oneSeconds / seconds).toFixed(2)} times`,
    'asked: no slower than one thread, and the same',
    seconds <= oneSeconds,
  )
  line(
    'beside bare reads of the same rows',
    `${number.format(entered / floorSeconds)} customers/s read with their orders`,
    `${(seconds / floorSeconds).toFixed(1)} times`,
    'asked: at most 12',
    seconds <= floorSeconds * 12,
  )
  if (megabytes !== null)
    line(
      'memory of the rehearsal',
      '',
      `${number.format(megabytes)} MB`,
      'asked: under 1,500',
      megabytes < 1500,
    )
}

async function customerPage(customers: number): Promise<void> {
  const { p50, p99, floor } = await measureCustomerPage(sharedBase(customers))
  line(
    `page of one of ${number.format(customers)}`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)}; bare look over HTTP ${floor.toFixed(1)}`,
    `${(p50 / floor).toFixed(1)} times`,
    'asked: within 50 ms',
    p50 <= 50,
  )
}

async function redirects(): Promise<void> {
  const links = 100_000
  const { p50, p99, floor, written, of } = await measureRedirects(links)
  line(
    `a press of one of ${number.format(links)} links`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)}; a bare server ${floor.toFixed(1)}; ${number.format(written)} of ${number.format(of)} written`,
    `${(p50 / floor).toFixed(1)} times`,
    'asked: p99 within 10 ms',
    p99 < 10 && written === of,
  )
}

async function scores(customers: number): Promise<void> {
  const { seconds, floorSeconds, megabytes } = await measureScores(sharedBase(customers).path)
  const held = megabytes === null ? '' : `, ${number.format(megabytes)} MB`
  line(
    `all scores of ${number.format(customers)}`,
    `${seconds.toFixed(1)} s, bare sums of all orders ${floorSeconds.toFixed(1)}${held}`,
    `${(seconds / floorSeconds).toFixed(1)} times`,
    'asked: within 5 minutes a million',
    seconds <= 300 * Math.max(1, customers / 1_000_000),
  )
}

async function tags(customers: number): Promise<void> {
  const { eventMs, tagsMs, more } = await measureTags(sharedBase(customers))
  line(
    `tags of one of ${number.format(customers)} after an order`,
    `${tagsMs.toFixed(1)} ms, the order alone ${eventMs.toFixed(1)}; p99 ${more.p99.toFixed(1)} more`,
    `${more.p50.toFixed(1)} ms more`,
    'asked: less than 20 ms more than the event alone',
    more.p50 < 20,
  )
}

/** Of ten times as much, a fifth more than ten times is the machine's own noise. */
const linear = 12

async function baseGrowth(customers: number): Promise<void> {
  const { sizes, growth } = await measureBaseGrowth(customers)
  for (const { work, seconds } of growth) {
    const [, tenth = 0, all = 0] = seconds
    line(
      work,
      seconds.map((one, at) => `${number.format(sizes[at] ?? 0)}: ${one.toFixed(3)} s`).join(', '),
      `${(all / tenth).toFixed(1)} times`,
      `asked: no worse than linear, of ten times at most ${linear}`,
      all <= tenth * linear,
    )
  }
}

async function importing(customers: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { rows, took, bare, writtenTimes } = await measureImport(path, customers)
    const ratio = bare.seconds / took.seconds
    const byCpu = (bare.cpuSeconds / took.cpuSeconds).toFixed(2)
    line(
      `import of ${number.format(rows)} rows`,
      `${number.format(rows / took.seconds)} rows/s, bare inserts ${number.format(rows / bare.seconds)}; ${byCpu} by the processor's time`,
      `ratio ${ratio.toFixed(2)}`,
      'asked: at least 0.4',
      ratio >= 0.4,
    )
    if (writtenTimes !== null)
      line(
        'written to the disk for it',
        'beside the size of the database afterwards',
        `${writtenTimes.toFixed(1)} times`,
        'asked: at most 6',
        writtenTimes <= 6,
      )
  } finally {
    remove()
  }
}

async function moves(members: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { moved, engineSeconds, floorSeconds, batchMs } = await measureMoves(path, members)
    const rate = moved / engineSeconds
    line(
      `moving ${number.format(moved)} to a new version`,
      `${number.format(rate)} people/s, bare writes ${number.format(moved / floorSeconds)}`,
      `ratio ${(floorSeconds / engineSeconds).toFixed(2)}`,
      'asked: at least 20,000 a second',
      rate >= 20_000,
    )
    line(
      'others have their turn meanwhile',
      `batches of p99 ${batchMs.toFixed(0)} ms`,
      '',
      'asked: within 250 ms',
      batchMs <= 250,
    )
  } finally {
    remove()
  }
}

async function rehearsal(): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { members, entered, seconds } = await runRehearsal(path('demo.sqlite'))
    line(
      `rehearsal, ${number.format(members)} members`,
      `${number.format(members / seconds)} members/s, ${number.format(entered)} of them enter`,
      `${seconds.toFixed(2)} s`,
      'asked: under 3 s',
      seconds < 3,
    )
  } finally {
    remove()
  }
}

async function replay(members: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { enrollments, same, seconds, floorSeconds } = await measureReplay(path('replay.sqlite'), members)
    line(
      `replay, ${number.format(same)} of ${number.format(enrollments)} the same`,
      `${number.format(enrollments / seconds)} enrollments/s, bare reads ${number.format(enrollments / floorSeconds)}`,
      `ratio ${(floorSeconds / seconds).toFixed(2)}`,
      'asked: at least 2,000 a second, all the same',
      enrollments / seconds >= 2000 && same === enrollments,
    )
  } finally {
    remove()
  }
}

async function memory(members: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const peak = await measureMemory(path('data'), members)
    if (peak === null) console.log('      memory: this system does not tell the peak of a process')
    else
      line(
        `server, ${number.format(members)} waiting`,
        'over its start and a day moved',
        `${number.format(peak)} MB`,
        'asked: under 400 MB',
        peak < 400,
      )
  } finally {
    remove()
  }
}

async function events(): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { listening, starting, floor, pages, paced } = await measureEvents(path)
    const rates = [
      ['a journey listening', listening, 15_000],
      ['each starting a journey', starting, 8_000],
    ] as const
    for (const [name, rate, asked] of rates)
      line(
        `events by HTTP, ${name}`,
        `${number.format(rate)} events/s, bare inserts ${number.format(floor)}`,
        `ratio ${(rate / floor).toFixed(2)}`,
        `asked: at least ${number.format(asked)} a second`,
        rate >= asked,
      )
    for (const [page, { p50, p99 }] of Object.entries(pages))
      line(
        page.replace('/api/v1/brands/own/', ''),
        `while ${number.format(paced)} events/s come in, p50 ${p50.toFixed(1)} ms`,
        `p99 ${p99.toFixed(1)} ms`,
        'asked: within 100 ms',
        p99 <= 100,
      )
  } finally {
    remove()
  }
}

async function joining(): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { members, join, leave } = await measureJoining(path('data'))
    for (const [what, ms] of [
      ['joining', join],
      ['leaving', leave],
    ] as const)
      line(
        `${what} an audience of ${number.format(members)}`,
        'noticed while 1,000 other events/s come in, at most',
        `${(ms / 1000).toFixed(2)} s`,
        'asked: within 5 s of the event',
        ms <= 5000,
      )
  } finally {
    remove()
  }
}

async function canvas(): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { nodes, cardGap, divGap, firstLoad } = await measureCanvas(path('data'))
    line(
      `canvas, ${number.format(nodes)} nodes, dragging one`,
      `${cardGap.toFixed(1)} ms between frames, a plain div ${divGap.toFixed(1)}`,
      `ratio ${(cardGap / divGap).toFixed(2)}`,
      'asked: at most 1.25',
      cardGap <= divGap * 1.25,
    )
    line(
      'first load of the journeys page',
      'in a new browser, until its content stands there',
      `${(firstLoad / 1000).toFixed(2)} s`,
      'asked: under 2 s',
      firstLoad < 2000,
    )
  } finally {
    remove()
  }
}

async function growth(): Promise<void> {
  for (const { work, ms, times } of await measureGrowth())
    line(
      `${work} of ${number.format(limits.journeyNodes.value)} nodes`,
      `${number.format(ms)} ms of the processor`,
      `${times.toFixed(1)} times`,
      'asked: at most 6 times that of a quarter',
      times <= 6,
    )
}

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
  links: redirects,
  scores: () => scores(customers),
  tags: () => tags(customers),
  'base-growth': () => baseGrowth(customers),
  import: () => importing(Math.min(customers, 100_000)),
  events,
  joining,
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
