import type { Page } from 'playwright-core'
import { messageList } from '../../shared/api/messages.ts'
import { apiOf, publishTemplate } from './harness/api.ts'
import { expect, type Marketer, test } from './harness/index.ts'
import { foreign, rawKeys, wordsOf } from './harness/words.ts'

const places = [
  '/demo/journeys',
  '/demo/journeys/qixi-gift-box',
  '/demo/templates',
  '/demo/audiences',
  '/demo/customers',
  '/demo/messages',
  '/demo/reports',
  '/demo/import',
  '/demo/settings',
  '/demo/settings?tab=channels',
  '/demo/settings?tab=ai',
  '/demo/settings?tab=about',
  '/own/journeys',
  '/own/audiences',
  '/own/customers',
  '/own/messages',
  '/own/reports',
  '/own/import',
  '/demo/nowhere',
]

test.beforeAll(async ({ server }) => {
  const demo = apiOf(server.url, 'demo')
  await publishTemplate(demo, 'qixi-gift-box')
  await demo.post('/clock/advance', { by: 'day' })
  const [message] = messageList.parse(await demo.get('/messages')).messages
  places.push(`/demo/customers/${message?.customerId}`)
})

/** Hears everything that the brand itself says, so that what is left on a page is the interface's own. */
function hear(page: Page): () => Promise<Set<string>> {
  const said = new Set<string>()
  const arriving: Promise<void>[] = []
  page.on('response', (answer) => {
    if (!answer.url().includes('/api/v1/') || !answer.headers()['content-type']?.includes('json')) return
    // An answer to a page that was left meanwhile cannot be read, nor does it show anywhere.
    const left = () => undefined
    arriving.push(answer.json().then((body) => collect(body, said), left))
  })
  return async () => {
    await Promise.all(arriving)
    return said
  }
}

/** The strings of an answer; of a text in both languages only the English one counts as data. */
function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value)
  else if (Array.isArray(value)) for (const one of value) collect(one, into)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      into.add(key)
      if (key !== 'zh-CN' || !('en' in value)) collect(one, into)
    }
  }
}

async function visit(marketer: Marketer, place: string): Promise<string[]> {
  // Another tab of a page is the same page, which does not come anew.
  await (place.includes('?') ? marketer.open(place) : marketer.go(place))
  await marketer.settled()
  return marketer.sideways()
}

test('reads every page in English without a Chinese word of ours', async ({ marketer }) => {
  const data = hear(marketer.page)
  await marketer.open('/demo/customers')
  await marketer.press('切换到英文')
  const found: string[] = []
  for (const place of places) {
    const wide = await visit(marketer, place)
    const words = await wordsOf(marketer.page)
    found.push(
      ...[...wide, ...foreign(words, await data()), ...rawKeys(words)].map((one) => `${place}: ${one}`),
    )
  }
  expect(found).toEqual([])
})

test('reads every page in Chinese without a name from the program', async ({ marketer }) => {
  const data = hear(marketer.page)
  await marketer.open('/demo/customers')
  const found: string[] = []
  for (const place of places) {
    const wide = await visit(marketer, place)
    const words = await wordsOf(marketer.page)
    expect(foreign(words, await data()).length, place).toBeGreaterThan(5)
    found.push(...[...wide, ...rawKeys(words)].map((one) => `${place}: ${one}`))
  }
  expect(found).toEqual([])
})

test('opens every form and panel of the canvas in English', async ({ marketer }) => {
  const { canvas, page } = marketer
  const data = hear(page)
  await marketer.open('/demo/customers')
  await marketer.press('切换到英文')
  await marketer.go('/demo/journeys/qixi-gift-box')
  await canvas.opened()
  const found: string[] = []
  const read = async (where: string) => {
    const words = await wordsOf(page)
    const wrong = [...(await marketer.sideways()), ...foreign(words, await data()), ...rawKeys(words)]
    found.push(...wrong.map((one) => `${where}: ${one}`))
  }
  await canvas.tool('Show all')
  const ids = await canvas.cards().evaluateAll((cards) => cards.map(({ dataset }) => dataset.testid ?? ''))
  expect(ids).toHaveLength(20)
  for (const id of ids) {
    await canvas.select(id.replace(/^node-/, ''))
    await read(id)
  }
  await page.getByRole('region', { name: 'Sandbox clock' }).getByTitle('Sandbox clock').click()
  await read('clock')
  await page.keyboard.press('Escape')
  await marketer.at('rehearse').click()
  await read('rehearsal')
  await marketer.at('preview').click()
  await marketer.at('panel-next').waitFor()
  await read('preview')
  await page.keyboard.press('Escape')
  await marketer.at('panel-next').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Phone', exact: true }).click()
  await page.getByRole('complementary', { name: "Customer's phone" }).getByText('SMS').first().waitFor()
  await read('phone')
  expect(found).toEqual([])
})

test('turns the light down', async ({ marketer }) => {
  await marketer.open('/demo/templates')
  await marketer.press('切换到深色')
  const light = () =>
    marketer.page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] =
        getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []
      return Number(red) + Number(green) + Number(blue)
    })
  await expect.poll(light).toBeLessThan(200)
  for (const place of ['/demo/journeys/qixi-gift-box', '/demo/reports', '/demo/customers']) {
    await visit(marketer, place)
    expect(await light()).toBeLessThan(200)
  }
})

test('who wants no motion sees none: not of panels, not of the canvas', async ({ marketer }) => {
  const { canvas, page } = marketer
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // Whatever moves for longer than a frame is noted from the first moment on.
  await page.addInitScript(() => {
    const moved = new Set<string>()
    Object.assign(window, { moved })
    const look = () => {
      for (const one of document.getAnimations()) {
        const { duration } = one.effect?.getComputedTiming() ?? {}
        if (typeof duration === 'number' && duration > 1)
          moved.add(`${one instanceof CSSTransition ? one.transitionProperty : one.id} ${duration}`)
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await marketer.open('/demo/journeys/qixi-gift-box')
  await canvas.opened()
  const places = () =>
    page.evaluate(async () => {
      const seen = new Set<string>()
      const view = document.querySelector('.react-flow__viewport')
      document.querySelector<HTMLElement>('[data-testid="fit-view"]')?.click()
      for (let frame = 0; frame < 20; frame += 1) {
        if (view) seen.add(getComputedStyle(view).transform)
        await new Promise(requestAnimationFrame)
      }
      return seen.size
    })
  await canvas.tool('放大')
  expect(await places()).toBeLessThanOrEqual(2)
  await marketer.at('preview').click()
  await page.getByRole('dialog').getByTestId('panel-next').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await marketer.at('journey-menu').click()
  await marketer.at('export').waitFor()
  const moved = await page.evaluate(() => [...new Set(Object(window).moved as Iterable<string>)])
  expect(moved).toEqual([])
})
