import { runEngine } from './engine.ts'
import { runFloor } from './floor.ts'
import { runNaive } from './naive.ts'
import { benchJourney, goLive, openWorld, scratch } from './world.ts'

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
    const db = openWorld(path('engine.sqlite'), members)
    goLive(db, benchJourney)
    const { steps, seconds } = await runEngine(db, members)
    const rate = steps / seconds
    const floor = steps / runFloor(db, path('floor.sqlite'))
    db.close()
    const naive = runNaive(path('naive.sqlite'), Math.min(members, 2000))
    line(
      `engine, ${number.format(members)} enrollments`,
      `${number.format(rate)} steps/s, bare writes ${number.format(floor)}`,
      `ratio ${(rate / floor).toFixed(2)}`,
      'asked: at least 0.5',
      rate / floor >= 0.5,
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

await engine(Number(process.env.BENCH_MEMBERS ?? 200_000))
