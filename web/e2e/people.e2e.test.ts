import { clockAnswer } from '../../shared/api/clock.ts'
import { type CustomerSummary, customerList } from '../../shared/api/customers.ts'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { peopleAnswer } from '../../shared/api/people.ts'
import { addDays, localDate } from '../../shared/calendar/index.ts'
import { type Api, apiOf } from './harness/api.ts'
import { expect, type Marketer, test } from './harness/index.ts'

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** Of whoever lives in a town a colleague decides; then all wait for a day, which some come too late for. */
function care(id: string, town: string, day: string) {
  const near = { kind: 'attribute', name: 'city', op: 'eq', value: town }
  const nodes = {
    picked: { type: 'manual', name: name('名单', 'List'), config: {} },
    where: {
      type: 'branch',
      name: name('住在哪里', 'Where'),
      config: { branches: [{ id: 'near', name: name('本地', 'Near'), when: near }] },
    },
    ask: {
      type: 'decision',
      name: name('怎么致谢', 'How to thank'),
      config: {
        title: '{{ customer.name }}：送礼还是致电',
        buttons: [
          { id: 'gift', name: name('送礼', 'Gift') },
          { id: 'call', name: name('致电', 'Call') },
        ],
        limit: { amount: 2, unit: 'day' },
      },
    },
    hello: {
      type: 'send',
      name: name('问候', 'Greeting'),
      config: {
        channel: 'in_app',
        purpose: 'service',
        text: { 'zh-CN': '{{ customer.name }}，礼物在路上了' },
      },
    },
    until: {
      type: 'wait',
      name: name('等到那天', 'Until the day'),
      config: { until: { kind: 'date', date: day, time: '10:00' }, late: 'skip' },
    },
    missed: { type: 'exit', name: name('错过了', 'Missed'), config: {} },
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  }
  return {
    format: 1,
    id,
    name: name('关怀', 'Care'),
    nodes,
    edges: {
      picked: { entered: 'where' },
      where: { near: 'ask', otherwise: 'until' },
      ask: { gift: 'hello', call: 'done', timeout: 'done' },
      hello: { sent: 'until', not_sent: 'until' },
      until: { done: 'done', late: 'missed' },
    },
    layout: Object.fromEntries(
      Object.keys(nodes).map((node, at) => [node, { x: (at % 2) * 300, y: Math.floor(at / 2) * 150 }]),
    ),
  }
}

/** Members whose name and town are known, in a journey that runs for them. */
async function begun(api: Api, id: string, from: number, to: number) {
  const { customers } = customerList.parse(await api.get('/customers?limit=50'))
  const people = customers.filter((one) => one.name !== null && one.city !== null).slice(from, to)
  const town = people[0]?.city ?? ''
  const { now } = clockAnswer.parse(await api.get('/clock'))
  const journey = care(id, town, addDays(localDate(now, 'Asia/Shanghai'), 30))
  const made = journeyAnswer.parse(await api.post('/journeys', { file: JSON.stringify(journey) }))
  await api.post(`/journeys/${id}/publish`, { revision: made.revision })
  await api.post(`/journeys/${id}/enter`, { customerIds: people.map((one) => one.id) })
  const [first] = people
  if (first === undefined) throw new Error('nobody of the demo has a town')
  return { people, first, journey, now }
}

async function enrollmentOf(api: Api, journey: string, node: string, { id }: CustomerSummary) {
  const { people } = peopleAnswer.parse(await api.get(`/journeys/${journey}/nodes/${node}/people`))
  return people.find(({ customerId }) => customerId === id)?.enrollmentId ?? 0
}

const visits = (marketer: Marketer, node: string) =>
  expect.poll(() => marketer.at(`visits-${node}`).textContent())

test('decides about somebody with a button, who goes on at once, and it is in her story', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const { first } = await begun(apiOf(server.url, 'demo'), 'decide', 0, 1)
  await marketer.open('/demo/tasks')
  await marketer.see(`${first.name}：送礼还是致电`).waitFor()
  await marketer.at('decide-gift').click()
  await marketer.at('task-note').fill('老客户，上次也喜欢')
  await marketer.at('task-confirm').click()
  await marketer.see(`${first.name}：送礼还是致电`).waitFor({ state: 'hidden' })
  await page.getByText('已办', { exact: true }).click()
  const done = page.getByRole('row').filter({ hasText: '送礼还是致电' })
  await done.getByRole('link', { name: first.name ?? '' }).click()
  await marketer.see('同事选了「送礼」').waitFor()
  await marketer.see('老客户，上次也喜欢').waitFor()
  await marketer.see(`${first.name}，礼物在路上了`).waitFor()
})

test('asks why somebody went this way, and what other values, times and versions would have brought', async ({
  marketer,
  server,
}) => {
  const { page, canvas } = marketer
  const demo = apiOf(server.url, 'demo')
  const { first, journey, now } = await begun(demo, 'why', 1, 2)
  const { ask: _asked, ...nodes } = journey.nodes
  const { ask: _ways, ...ways } = journey.edges
  const unasked = { ...journey, nodes, edges: { ...ways, where: { near: 'hello', otherwise: 'until' } } }
  const { revision } = journeyAnswer.parse(await demo.get('/journeys/why'))
  const saved = journeyAnswer.parse(await demo.put('/journeys/why/draft', { revision, journey: unasked }))
  await demo.post('/journeys/why/publish', { revision: saved.revision, fate: 'finish' })

  await marketer.open(`/demo/customers/${first.id}`)
  await marketer.at(`why-${await enrollmentOf(demo, 'why', 'ask', first)}`).click()
  const panel = marketer.at('why-panel')
  await panel.getByText('停在「怎么致谢」').waitFor()
  await panel.getByText('符合「本地」').waitFor()
  await panel
    .getByText(first.city ?? '')
    .first()
    .waitFor()
  await visits(marketer, 'ask').toBe('经过 1 次现在在这里')
  await visits(marketer, 'until').toBe('–')

  await page.getByRole('tab', { name: '如果当时' }).click()
  await marketer.at('what-if-add-field').click()
  expect(await page.getByLabel('字段', { exact: true }).inputValue()).toMatch(/city|城市/)
  await marketer.at('what-if-value').fill('别处')
  await marketer.at('what-if-go').click()
  const other = marketer.at('other-path')
  await other.getByText('从「住在哪里」起分开：实际走「本地」，这样会走「其他」').waitFor()
  await visits(marketer, 'ask').toBe('–')
  await visits(marketer, 'until').toBe('经过 1 次')

  await marketer.press('重来')
  const late = addDays(localDate(now, 'Asia/Shanghai'), 31)
  await page.getByLabel('进入时间', { exact: true }).fill(`${late} 10:00`)
  await marketer.at('what-if-go').click()
  await visits(marketer, 'missed').toBe('经过 1 次')

  await marketer.press('重来')
  await marketer.at('what-if-version').click()
  await page
    .locator('.ant-select-item-option')
    .filter({ hasText: /^第 2 版$/ })
    .click()
  await marketer.at('what-if-go').click()
  await visits(marketer, 'hello').toBe('经过 1 次')
  expect(await canvas.card('ask').count()).toBe(0)
})

test('opens the list behind a number, moves one, takes one out and keeps the rest as an audience', async ({
  marketer,
  server,
}) => {
  const { page, canvas } = marketer
  const { people } = await begun(apiOf(server.url, 'demo'), 'list', 2, 8)
  const [first, ...others] = people
  const elsewhere = others.filter(({ city }) => city !== first?.city)
  const [one, two, ...rest] = elsewhere
  await marketer.open('/demo/journeys/list')
  await canvas.opened()
  await canvas.tool('看全图')
  await marketer.at('people-until').click()
  const drawer = page.getByRole('dialog', { name: '「等到那天」里的客户' })
  await drawer.getByText(`共 ${elsewhere.length} 人`).waitFor()
  const tick = (who: CustomerSummary | undefined) =>
    drawer
      .getByRole('row')
      .filter({ hasText: who?.id ?? '' })
      .getByRole('checkbox')
      .check()

  await tick(one)
  await marketer.at('people-move').click()
  await marketer.at('people-move-to').click()
  await page.locator('.ant-select-item-option').filter({ hasText: '问候' }).click()
  await marketer.press('移动', page.getByRole('dialog', { name: '移到另一个节点' }))
  await marketer.see('已移动 1 人').waitFor()
  await tick(two)
  await marketer.at('people-remove').click()
  await marketer.press('移出', page.getByRole('dialog', { name: '移出旅程' }))
  await marketer.see('已移出 1 人').waitFor()
  await drawer.getByText(`共 ${rest.length + 1} 人`).waitFor()
  await marketer.at('people-everybody').click()
  await marketer.at('people-save').click()
  const keep = page.getByRole('dialog', { name: '存为人群' })
  await keep.getByRole('textbox').first().fill('等着的人')
  await marketer.press('存为人群', keep)
  await marketer.see(`已把 ${rest.length + 1} 人存进「等着的人」`).waitFor()

  await marketer.open('/demo/audiences')
  await marketer.see('等着的人').waitFor()
  await marketer.open('/demo/settings?tab=audit')
  const log = marketer.at('audit-entries')
  await log.getByText('把客户移到别的节点').waitFor()
  await log.getByText('把客户移出旅程').waitFor()
})

test('erases somebody for good: she is nowhere afterwards, and there is a certificate', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const { first } = await begun(apiOf(server.url, 'demo'), 'forget', 8, 9)
  await marketer.open('/demo/tasks?journey=forget')
  await marketer.at('decide-gift').click()
  await marketer.at('task-confirm').click()
  await marketer.see('没有符合的任务').waitFor()

  await marketer.open(`/demo/customers/${first.id}`)
  await marketer.at('erase-customer').click()
  const dialog = page.getByRole('dialog', { name: `抹除「${first.name}」` })
  await dialog.getByText('进行中的旅程 1').waitFor()
  const erase = dialog.getByRole('button', { name: '永久抹除' })
  expect(await erase.isDisabled()).toBe(true)
  await marketer.at('erase-typed').fill(first.id)
  await erase.click()
  await page.waitForURL('**/demo/customers')
  await marketer.see('正在抹除，凭证见「不联系名单」').waitFor()
  await marketer.at('customer-search').fill(first.id)
  await marketer.see('没有符合的客户').waitFor()

  await marketer.open('/demo/do-not-contact?tab=erasures')
  await marketer.at('erasures').getByText('已抹除', { exact: true }).waitFor()
  await marketer.at('certificate-open').click()
  const paper = marketer.at('certificate')
  await paper.getByText('客户资料 1 份').waitFor()
  expect(await paper.textContent()).not.toMatch(first.name ?? first.id)
  await page.keyboard.press('Escape')

  // What was sent to her stands without her, and leads to a page that says so.
  await marketer.open('/demo/messages')
  await page.getByRole('link', { name: '已抹除的客户' }).click()
  await marketer.see('这位客户已被抹除').waitFor()
  await page.getByRole('link', { name: '查看抹除凭证' }).click()
  await marketer.at('certificate').getByText('客户资料 1 份').waitFor()
})
