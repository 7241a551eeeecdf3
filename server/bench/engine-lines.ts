import { measureEngine } from './engine.ts'
import { measureEntry } from './entry.ts'
import { line, number } from './line.ts'
import { measureMemory } from './memory.ts'
import { measureMoves } from './moves.ts'
import { runNaive } from './naive.ts'
import { measureReplay } from './replay.ts'
import { scratch } from './world.ts'

export async function engine(members: number): Promise<void> {
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

export async function entry(members: number): Promise<void> {
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

export async function moves(members: number): Promise<void> {
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

export async function replay(members: number): Promise<void> {
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

export async function memory(members: number): Promise<void> {
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
