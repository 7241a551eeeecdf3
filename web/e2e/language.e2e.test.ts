import type { Page } from 'playwright-core'
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
})

/** Everything that the brand itself has said, so that what is left on a page is the interface's own. */
function hear(page: Page): Set<string> {
  const said = new Set<string>()
  page.on('response', (answer) => {
    if (!answer.url().includes('/api/v1/') || !answer.headers()['content-type']?.includes('json')) return
    answer.json().then(
      (body) => collect(body, said),
      (error) => console.log(`an answer could not be read again: ${error}`),
    )
  })
  return said
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
  await marketer.open(place)
  await marketer.settled()
  return marketer.sideways()
}

test('reads every page in English without a Chinese word of ours', async ({ marketer }) => {
  const data = hear(marketer.page)
  await marketer.open('/demo/journeys')
  await marketer.press('切换到英文')
  const found: string[] = []
  for (const place of places) {
    const wide = await visit(marketer, place)
    const words = await wordsOf(marketer.page)
    found.push(...[...wide, ...foreign(words, data), ...rawKeys(words)].map((one) => `${place}: ${one}`))
  }
  expect(found).toEqual([])
})

test('reads every page in Chinese without a name from the program', async ({ marketer }) => {
  const found: string[] = []
  for (const place of places) {
    const wide = await visit(marketer, place)
    const words = await wordsOf(marketer.page)
    found.push(...[...wide, ...rawKeys(words)].map((one) => `${place}: ${one}`))
  }
  expect(found).toEqual([])
})

test('turns the light down', async ({ marketer }) => {
  await marketer.open('/demo/journeys')
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
