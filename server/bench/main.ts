import { limits } from '../../shared/limits.ts'
import { measureCanvas } from './canvas.ts'
import { measureCounting } from './counting.ts'
import { measureEngine } from './engine.ts'
import { measureEntry } from './entry.ts'
import { measureEvents } from './events.ts'
import { measureGrowth } from './growth.ts'
import { measureImport } from './importing.ts'
import { measureJoining } from './joining.ts'
import { measureMemory } from './memory.ts'
import { measureMoves } from './moves.ts'
import { runNaive } from './naive.ts'
import { runRehearsal } from './rehearsal.ts'
import { measureReplay } from './replay.ts'
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
  const { path, remove } = scratch()
  try {
    const figures = await measureCounting(path('base.sqlite'), customers)
    const { seconds, sqliteSeconds, typedSeconds, madeSeconds, copyBytes, truthBytes } = figures
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
      'the analytical copy, made anew',
      `${number.format(rows / madeSeconds)} rows/s, ${(truthBytes / rows).toFixed(0)} and ${(copyBytes / rows).toFixed(0)} bytes a row`,
      `${madeSeconds.toFixed(1)} s`,
      'asked: within 60 s a million customers',
      madeSeconds <= Math.max(5, (customers / 1_000_000) * 60),
    )
  } finally {
    remove()
  }
}

async function importing(customers: number): Promise<void> {
  const { path, remove } = scratch()
  try {
    const { rows, seconds, bareSeconds, writtenTimes } = await measureImport(path, customers)
    line(
      `import of ${number.format(rows)} rows`,
      `${number.format(rows / seconds)} rows/s, bare inserts ${number.format(rows / bareSeconds)}`,
      `ratio ${(bareSeconds / seconds).toFixed(2)}`,
      'asked: at least 0.4',
      bareSeconds / seconds >= 0.4,
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

const members = Number(process.env.BENCH_MEMBERS ?? 200_000)
const customers = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000)
await engine(members)
await entry(members)
await moves(members)
await counting(customers)
await importing(Math.min(customers, 100_000))
await events()
await joining()
await rehearsal()
await replay(Math.min(members, 20_000))
await growth()
await memory(members)
await canvas()
