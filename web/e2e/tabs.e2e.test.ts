import { apiOf } from './harness/api.ts'
import { expect, type Marketer, test } from './harness/index.ts'

const tabs = 10

/** What the clock of a page's top bar shows. */
const shownBy = (page: Marketer['page']) =>
  page.getByRole('region', { name: '沙盒时钟' }).locator('time:visible').textContent()

test('ten tabs open, all follow the clock, and go on when others are closed', async ({
  marketer,
  server,
}) => {
  const context = marketer.page.context()
  await marketer.open('/demo/journeys')
  const pages = [marketer.page]
  while (pages.length < tabs) {
    const page = await context.newPage()
    await page.goto(`${server.url}/demo/${['journeys', 'customers', 'messages'][pages.length % 3]}`)
    pages.push(page)
  }
  const before = await marketer.time()
  for (const page of pages) await expect.poll(() => shownBy(page)).toBe(before)

  const demo = apiOf(server.url, 'demo')
  await demo.post('/clock/advance', { by: 'day' })
  await expect.poll(() => marketer.time()).not.toBe(before)
  const dayLater = await marketer.time()
  for (const page of pages) await expect.poll(() => shownBy(page)).toBe(dayLater)

  const [first, last] = [pages[0], pages.at(-1)]
  for (const page of pages.slice(1, -1)) await page.close()
  await first?.goto('about:blank')
  await demo.post('/clock/advance', { by: 'day' })
  const shownByLast = () => (last === undefined ? null : shownBy(last))
  await expect.poll(shownByLast).not.toBe(dayLater)
  await first?.goBack()
  await expect.poll(() => marketer.time()).toBe(await shownByLast())
})
