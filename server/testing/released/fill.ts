import { writeFileSync } from 'node:fs'
import { keptJourney } from './journey.ts'

/**
 * Lives through some days on a release's server, over its API alone, and writes down what it then says:
 * `node --import tsx server/testing/released/fill.ts URL ANSWERS.json`. The folder of its data, once the server
 * has stopped, is what is kept here.
 */
const [url, answersFile] = process.argv.slice(2)
if (url === undefined || answersFile === undefined) throw new Error('Usage: fill.ts URL ANSWERS.json')

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const form = body instanceof FormData
  const response = await fetch(`${url}/api/v1/brands/${path}`, {
    method,
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    headers: body === undefined || form ? {} : { 'content-type': 'application/json' },
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  // The boundary: a release's answers are taken as they come.
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

async function importCsv(kind: string, rows: readonly string[]): Promise<void> {
  const form = new FormData()
  form.set('kind', kind)
  form.set('file', new Blob([rows.join('\n')], { type: 'text/csv' }), `${kind}.csv`)
  const { id } = await ask('POST', 'own/imports', form)
  for (;;) {
    const { state } = await ask('GET', `own/imports/${id}`)
    if (state === 'done') return
    if (state !== 'running') throw new Error(`the import has ${state}`)
  }
}

const members = Array.from({ length: 40 }, (_, index) => `m${String(index + 1).padStart(2, '0')}`)
const memberRow = (id: string, index: number) =>
  [
    id,
    `会员${index + 1}`,
    index % 9 === 8 ? '' : `+86 139${String(10_000_000 + index * 7).slice(-8)}`,
    index % 4 === 3 ? '' : `M${index}@Example.com`,
    index % 7 === 6 ? '否' : '是',
    index % 2 === 0 ? '金卡' : '银卡',
    index === 5 ? '6200001234567890123' : '',
  ].join(',')

await ask('PUT', 'own/settings/brand', {
  name: { 'zh-CN': '小铺', en: 'Little shop' },
  signature: '小铺',
  quietHours: null,
  caps: [{ channel: null, messages: 3, days: 7 }],
  prices: { sms: 50 },
})
await importCsv('customers', [
  'customer_id,name,phone,email,consent_sms,等级,卡号',
  ...members.map(memberRow),
])
await importCsv('orders', [
  'order_id,customer_id,ordered_at,amount,商品',
  ...members
    .slice(0, 20)
    .map((id, index) => `h${index},${id},2025-08-${10 + index} 12:00,${99 + index}.50,礼盒`),
])
await ask('POST', 'own/clock/advance', { to: Date.parse('2026-08-11T10:00:00+08:00') })
await ask('POST', 'own/audiences', {
  key: 'gold',
  name: { 'zh-CN': '金卡会员', en: 'Gold members' },
  condition: { kind: 'attribute', name: '等级', op: 'eq', value: '金卡' },
})
const made = await ask('POST', 'own/journeys', { file: JSON.stringify(keptJourney) })
await ask('POST', 'own/journeys/autumn/publish', { revision: made.revision })
await ask('POST', 'own/journeys/autumn/enter', { customerIds: members.slice(0, 15) })
await ask('POST', 'own/clock/advance', { by: 'day' })
const order = (id: string, index: number) => ({
  id: `n${index}`,
  customerId: id,
  name: 'order',
  amount: 12_800,
})
await ask('POST', 'own/events', {
  events: [
    ...members.slice(0, 4).map(order),
    ...members.slice(20, 25).map((customerId) => ({ id: `b-${customerId}`, customerId, name: 'browse' })),
    { id: 'r1', customerId: 'm07', name: 'message_replied', properties: { text: 'TD', channel: 'sms' } },
  ],
})
await ask('POST', 'own/clock/advance', { to: Date.parse('2026-08-14T12:00:00+08:00') })
const demo = await ask('POST', 'demo/journeys', { template: 'new-member-welcome' })
await ask('POST', 'demo/journeys/new-member-welcome/publish', { revision: demo.revision })
await ask('POST', 'demo/clock/advance', { by: 'day' })

const kept = [
  'own/clock',
  'own/journeys',
  'own/journeys/autumn/figures',
  'own/reports/journeys/autumn',
  'own/messages?limit=200',
  'own/audiences',
  'own/customers/m01',
  'own/customers/m07',
  'own/settings/brand',
  'demo/journeys/new-member-welcome/figures',
  'demo/messages?limit=5',
]
const answers: Record<string, unknown> = {}
for (const path of kept) answers[path] = await ask('GET', path)
writeFileSync(answersFile, `${JSON.stringify(answers, null, 1)}\n`)
