import { chromium, type Page } from 'playwright-core'
import { z } from 'zod'
import { printJourney } from '../../shared/journey/print.ts'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { brandPath } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { longJourney } from './canvas-journey.ts'
import { startServer, stopServer } from './memory.ts'

const viewport = { width: 1280, height: 800 }
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']

export interface CanvasFigures {
  readonly nodes: number
  /** Median gap between two frames while a card is dragged, and while a plain div is (ms). */
  readonly cardGap: number
  readonly divGap: number
  /** From asking for the journeys page in a new browser until its content stands there (ms). */
  readonly firstLoad: number
}

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Notes the gaps between frames; as text, since a compiler's helpers do not reach into the page. */
const startMeter = `window.meter = { on: true, gaps: [], last: null }
  window.meter.tick = (now) => {
    const { meter } = window
    if (meter.last !== null) meter.gaps.push(now - meter.last)
    meter.last = now
    if (meter.on) requestAnimationFrame(meter.tick)
  }
  requestAnimationFrame(window.meter.tick)`
const stopMeter = '((window.meter.on = false), window.meter.gaps)'

/** Drags what lies under a point in circles for some time; the gaps between the frames meanwhile. */
async function dragFor(page: Page, at: { x: number; y: number }, milliseconds: number): Promise<number[]> {
  await page.evaluate(startMeter)
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  const began = performance.now()
  for (let angle = 0; performance.now() - began < milliseconds; angle += 0.05)
    await page.mouse.move(at.x + 60 * Math.sin(angle), at.y + 60 * (1 - Math.cos(angle)))
  await page.mouse.up()
  return z.array(z.number()).parse(await page.evaluate(stopMeter))
}

/** A page with one div that follows the pointer: what dragging costs the browser itself. */
const plainPage = `<!doctype html><title>plain</title>
<style>body { margin: 0 } div { position: absolute; width: 216px; height: 84px; background: #1a5fb4 }</style>
<div></div>
<script>
  const box = document.querySelector('div')
  let from = null
  box.style.transform = 'translate(500px, 300px)'
  box.onpointerdown = (event) => { from = event; box.setPointerCapture(event.pointerId) }
  box.onpointermove = (event) => {
    if (from) box.style.transform =
      'translate(' + (500 + event.clientX - from.clientX) + 'px, ' + (300 + event.clientY - from.clientY) + 'px)'
  }
  box.onpointerup = () => { from = null }
</script>`

async function openCanvas(page: Page, url: string, nodes: number): Promise<{ x: number; y: number }> {
  const file = printJourney(longJourney(nodes))
  const made = await fetch(`${url}/api/v1/brands/demo/journeys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ file }),
  })
  if (!made.ok) throw new Error(`the journey was not taken: ${made.status} ${await made.text()}`)
  await page.goto(`${url}/demo/journeys/bench-canvas`)
  await page.getByTestId('canvas').waitFor()
  await page.getByTestId('fit-view').click()
  await page.waitForTimeout(1_000)
  const drawn = await page.locator('[data-testid="canvas"] article').count()
  if (drawn < nodes) throw new Error(`only ${drawn} of ${nodes} cards are drawn`)
  const box = await page.getByTestId(`node-step-${Math.floor(nodes / 2)}`).boundingBox()
  if (box === null) throw new Error('the card is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The first load of the list of journeys, as the page's own clock tells it. */
async function firstLoad(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/demo/journeys`)
  await page.getByTestId('first-journey').or(page.getByTestId('journeys-table')).first().waitFor()
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const loaded = navigation instanceof PerformanceNavigationTiming ? navigation.loadEventEnd : 0
    return Math.max(loaded, performance.now())
  })
}

/**
 * The canvas with so many nodes, all of them in sight, in a real Chromium beside one plain div in the same
 * run; and the first load of the list of journeys. The web application must be built.
 */
export async function measureCanvas(
  data: string,
  { nodes = 300, milliseconds = 3_000 }: { nodes?: number; milliseconds?: number } = {},
): Promise<CanvasFigures> {
  seedDemoFile(brandPath(data, 'demo'), { members: 2000 }, sealDatabase)
  const { url, child } = await startServer(data)
  const executablePath = process.env.MAGPIE_CHROMIUM || '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: flags })
  try {
    const newPage = async () => (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
    const loaded = await firstLoad(await newPage(), url)
    const plain = await newPage()
    await plain.setContent(plainPage)
    const canvas = await newPage()
    const card = await openCanvas(canvas, url, nodes)
    const div: number[] = []
    const cards: number[] = []
    for (let turn = 0; turn < 2; turn += 1) {
      await plain.bringToFront()
      div.push(...(await dragFor(plain, { x: 600, y: 340 }, milliseconds / 2)))
      await canvas.bringToFront()
      cards.push(...(await dragFor(canvas, card, milliseconds / 2)))
    }
    return { nodes, cardGap: median(cards), divGap: median(div), firstLoad: loaded }
  } finally {
    await browser.close()
    await stopServer(child)
  }
}
