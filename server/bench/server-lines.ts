import { limits } from '../../shared/limits.ts'
import { measureCanvas } from './canvas.ts'
import { measureEvents } from './events.ts'
import { measureGrowth } from './growth.ts'
import { measureJoining } from './joining.ts'
import { line, number } from './line.ts'
import { measureRedirects } from './redirects.ts'
import { runRehearsal } from './rehearsal.ts'
import { scratch } from './world.ts'

export async function events(): Promise<void> {
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

export async function joining(): Promise<void> {
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

export async function rehearsal(): Promise<void> {
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

export async function canvas(): Promise<void> {
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

export async function growth(): Promise<void> {
  for (const { work, ms, times } of await measureGrowth())
    line(
      `${work} of ${number.format(limits.journeyNodes.value)} nodes`,
      `${number.format(ms)} ms of the processor`,
      `${times.toFixed(1)} times`,
      'asked: at most 6 times that of a quarter',
      times <= 6,
    )
}

export async function links(): Promise<void> {
  const kept = 100_000
  const { p50, p99, floor, written, of } = await measureRedirects(kept)
  line(
    `a press of one of ${number.format(kept)} links`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)}; a bare server ${floor.toFixed(1)}; ${number.format(written)} of ${number.format(of)} written`,
    `${(p50 / floor).toFixed(1)} times`,
    'asked: p99 within 10 ms',
    p99 < 10 && written === of,
  )
}
