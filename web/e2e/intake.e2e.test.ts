import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { productList } from '../../shared/api/products.ts'
import { qualityAnswer } from '../../shared/api/quality.ts'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

/** Another system, which takes every notice. */
async function receiver() {
  const notices: { type: string; signature: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => {
      body += piece.toString()
    })
    request.on('end', () => {
      const signature = String(request.headers['webhook-signature'])
      notices.push({ type: String(JSON.parse(body).type), signature })
      response.end('{"taken":true}')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/in`, notices, close: () => server.close() }
}

test('makes a webhook, sends a test, and reads in the log what was answered', async ({ marketer }) => {
  const other = await receiver()
  try {
    const { page } = marketer
    await marketer.open('/demo/settings?tab=webhooks')
    await marketer.see('还没有 Webhook').waitFor()
    await marketer.at('make-webhook').click()
    await marketer.at('webhook-name').fill('会员 CRM')
    await marketer.at('webhook-url').fill(other.url)
    await page.getByText('对方在我们自己的内网里').click()
    await marketer.at('webhook-sandbox').click()
    await marketer.at('webhook-kinds').click()
    await page.locator('.ant-select-item-option[title="message.sent"]').click()
    // The list lies over the buttons until somebody presses elsewhere.
    await marketer.at('webhook-name').click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^新\s?建$/ })
      .click()
    expect(await marketer.at('webhook-secret').innerText()).toMatch(/^whsec_/)
    await marketer.at('webhook-more').click()
    await page.getByRole('menuitem', { name: '发送测试通知' }).click()
    const first = marketer.at('delivery').first()
    await first.getByText('已送达').waitFor()
    await first.click()
    await marketer.see('{"taken":true}').waitFor()
    expect(other.notices).toMatchObject([{ type: 'webhook.test', signature: expect.stringMatching(/^v1,/) }])
  } finally {
    other.close()
  }
})

test('makes an API key, by which products come in and are seen', async ({ marketer, server }) => {
  await marketer.open('/demo/settings?tab=keys')
  await marketer.at('make-key').click()
  await marketer.at('key-name').fill('商城')
  await marketer.page
    .getByRole('dialog')
    .getByRole('button', { name: /^新\s?建$/ })
    .click()
  const secret = await marketer.at('key-secret').innerText()
  const answer = await fetch(`${server.url}/api/v1/brands/demo/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify([{ id: 'E-1', title: '七夕限定礼盒', price: 52_000, stock: 7 }]),
  })
  expect(answer.status).toBe(200)
  await marketer.open('/demo/products?search=E-1')
  const row = marketer.at('products-table').getByRole('row', { name: /七夕限定礼盒/ })
  expect(await row.innerText()).toContain('520')
})

test('looks through the data, and takes customers and messages away as files', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  await marketer.open('/demo/customers')
  await marketer.at('go-quality').click()
  const { findings } = qualityAnswer.parse(await demo.get('/data-quality'))
  const [finding] = findings
  const shown = marketer.at(`finding-${finding?.check}`).first()
  await shown.waitFor()
  await shown.getByRole('link').first().click()
  await marketer.page.waitForURL('**/demo/customers/*')

  await marketer.open('/demo/customers')
  const [customers] = await Promise.all([
    marketer.page.waitForEvent('download'),
    marketer.at('export-customers').click(),
  ])
  expect(customers.suggestedFilename()).toBe('customers.csv')
})

test('reads products in from a file', async ({ marketer, server }) => {
  const { page } = marketer
  await marketer.open('/own/import')
  const text = '商品编号,商品名称,价格,库存\nP-1,月光小夜灯,129.50,12\nP-2,永生花,八十,3\n'
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }])
  await marketer.see('列都对好了').waitFor()
  await marketer.at('start-import-products').click()
  await marketer.see('products.csv 导入好了').waitFor()
  const { products } = productList.parse(await apiOf(server.url, 'own').get('/products'))
  expect(products).toMatchObject([
    { id: 'P-1', title: '月光小夜灯', price: 12_950, stock: 12 },
    { id: 'P-2', price: null },
  ])
})
