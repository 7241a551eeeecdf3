import { limits } from '../../shared/limits.ts'
import { measureBaseGrowth } from './base-growth.ts'
import { measureBaseRehearsal } from './base-rehearsal.ts'
import { measureCounting } from './counting.ts'
import { measureCustomerPage } from './customer-page.ts'
import { measureImport } from './importing.ts'
import { line, number } from './line.ts'
import { measureScores } from './scores.ts'
import { sharedBase } from './shared-base.ts'
import { measureTags } from './tags.ts'
import { scratch } from './world.ts'

export async function counting(customers: number): Promise<void> {
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

export async function baseRehearsal(customers: number): Promise<void> {
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

export async function customerPage(customers: number): Promise<void> {
  const { p50, p99, floor } = await measureCustomerPage(sharedBase(customers))
  line(
    `page of one of ${number.format(customers)}`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)}; bare look over HTTP ${floor.toFixed(1)}`,
    `${(p50 / floor).toFixed(1)} times`,
    'asked: within 50 ms',
    p50 <= 50,
  )
}

export async function scores(customers: number): Promise<void> {
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

export async function tags(customers: number): Promise<void> {
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

export async function baseGrowth(customers: number): Promise<void> {
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

export async function importing(customers: number): Promise<void> {
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
