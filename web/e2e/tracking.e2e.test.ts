import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { customerList } from '../../shared/api/customers.ts'
import { identifySecret, trackingAnswer } from '../../shared/api/tracking.ts'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

/** A shop of another origin, whose pages have what the settings say to put into them. */
async function shop() {
  let snippet = ''
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><title>七夕礼盒</title><link rel="icon" href="data:,">${snippet}<h1>礼盒</h1>`,
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const put = (text: string) => {
    snippet = text
  }
  return { origin, put, close: () => server.close() }
}

const inPage = (page: Page, code: string) => page.evaluate(code)
const kept = (page: Page) =>
  inPage(page, 'JSON.stringify([Object.keys(localStorage).sort(), document.cookie])')

test('a shop’s page tells nothing before consent, then of its visits, and who it is by a signature', async ({
  marketer,
  server,
  browser,
}) => {
  const demo = apiOf(server.url, 'demo')
  const other = await shop()
  const visit = await browser.newContext()
  try {
    await marketer.open('/demo/settings?tab=tracking')
    await marketer.see('还没有埋点密钥').waitFor()
    await marketer.at('make-tracking-key').click()
    const dialog = marketer.page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('官网商城')
    await dialog.getByLabel('可以使用的网站').fill(other.origin)
    await dialog.getByRole('button', { name: /^新\s?建$/ }).click()
    const snippet = (await marketer.at('tracking-snippet').innerText()).trim()
    expect(snippet).toContain(`${server.url}/track.js`)
    other.put(snippet)

    const page = await visit.newPage()
    const calls: string[] = []
    page.on('request', (one) => {
      if (one.url().endsWith('/collect')) calls.push(one.postData() ?? '')
    })
    const answered = () => page.waitForResponse((one) => one.url() === `${server.url}/collect`)
    await page.clock.install()
    await page.goto(`${other.origin}/gift`)
    await inPage(page, `magpie.track('clicked'); magpie.page(); magpie.identify('nobody', 'x')`)
    await page.clock.runFor(120_000)
    expect([calls, await kept(page)]).toEqual([[], '[[],""]'])

    await inPage(page, 'magpie.consent(true)')
    const [viewed] = await Promise.all([answered(), page.clock.runFor(1000)])
    expect([viewed.status(), await viewed.headerValue('access-control-allow-origin')]).toEqual([
      204,
      other.origin,
    ])
    const [dwelled] = await Promise.all([answered(), page.clock.runFor(31_000)])
    expect(dwelled.status()).toBe(204)
    expect(calls.join()).toContain('page_dwelled')
    const visitor = z.string().parse(await inPage(page, 'magpie.id()'))
    const { recent } = trackingAnswer.parse(await demo.get('/tracking'))
    expect(recent.map(({ name, page: path }) => [name, path])).toEqual([
      ['page_dwelled', '/gift'],
      ['page_viewed', '/gift'],
    ])
    await marketer.open('/demo/settings?tab=tracking')
    await marketer.see('page_dwelled').waitFor()
    await marketer.see(`…${visitor.slice(-6)}`).waitFor()

    const [customer] = customerList.parse(await demo.get('/customers?limit=1')).customers
    const { keys } = trackingAnswer.parse(await demo.get('/tracking'))
    const { secret } = identifySecret.parse(await demo.get(`/tracking/keys/${keys[0]?.id}/secret`))
    const id = customer?.id ?? ''
    const signature = createHmac('sha256', secret).update(id).digest('hex')
    const [said] = await Promise.all([
      answered(),
      inPage(page, `magpie.identify(${JSON.stringify(id)}, '${signature}')`).then(() =>
        page.clock.runFor(1000),
      ),
    ])
    expect(said.status()).toBe(204)
    expect(trackingAnswer.parse(await demo.get('/tracking')).recent).toEqual([])
    const story = JSON.stringify(await demo.get(`/customers/${id}/timeline`))
    expect(story).toContain('page_dwelled')

    const before = calls.length
    await inPage(page, `magpie.consent(false); magpie.track('clicked')`)
    await page.clock.runFor(60_000)
    await page.goto(`${other.origin}/away`)
    expect([calls.length, await kept(page), await inPage(page, 'magpie.id()')]).toEqual([
      before,
      '[[],""]',
      null,
    ])
  } finally {
    await visit.close()
    other.close()
  }
})
