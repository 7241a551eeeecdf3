import { clockAnswer } from '../../shared/api/clock.ts'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { staffList } from '../../shared/api/staff.ts'
import { type Api, apiOf } from './harness/api.ts'
import { Form } from './harness/form.ts'
import { expect, test } from './harness/index.ts'

const dayMs = 86_400_000
const name = (zh: string) => ({ 'zh-CN': zh })

/** Four people of whom it is known when they agreed, or that an address is theirs. */
async function people(own: Api): Promise<void> {
  const { now } = clockAnswer.parse(await own.get('/clock'))
  const ago = (days: number) => new Date(now - days * dayMs).toISOString()
  const agreed = (days: number) => ({ consentSms: { given: true, at: ago(days) } })
  await own.put('/customers/recent', { name: '近来', phone: '13800000001', ...agreed(10) })
  await own.put('/customers/long', { name: '早先', phone: '13800000002', ...agreed(400) })
  await own.put('/customers/known', { name: '核实', email: 'known@example.com' })
  await own.put('/customers/other', { name: '其他', email: 'other@example.com' })
  const verified = { verified: true, at: now - 5 * dayMs }
  await own.post('/customers/known/identifiers', { kind: 'email', value: 'known@example.com', ...verified })
}

/** Two of them are in a journey that has written to them, and wait there. */
async function greeted(own: Api): Promise<void> {
  const journey = {
    ...{ format: 1, id: 'greeting', name: name('问候') },
    nodes: {
      picked: { type: 'manual', name: name('名单'), config: {} },
      hello: {
        ...{ type: 'send', name: name('你好') },
        config: { channel: 'in_app', purpose: 'service', text: { 'zh-CN': '您好' } },
      },
      later: {
        ...{ type: 'wait', name: name('等') },
        config: { until: { kind: 'duration', span: { amount: 30, unit: 'day' } } },
      },
      done: { type: 'exit', name: name('结束'), config: {} },
    },
    edges: {
      picked: { entered: 'hello' },
      hello: { sent: 'later', not_sent: 'later' },
      later: { done: 'done' },
    },
    layout: {},
  }
  const { revision } = journeyAnswer.parse(await own.post('/journeys', { file: JSON.stringify(journey) }))
  await own.post('/journeys/greeting/publish', { revision })
  await own.post('/journeys/greeting/enter', { customerIds: ['recent', 'known'] })
}

test('asks by hand for messages, journeys, consents since when and verified addresses: each says itself and is counted', async ({
  marketer,
  server,
}) => {
  const own = apiOf(server.url, 'own')
  await people(own)
  await greeted(own)
  await marketer.open('/own/audiences')
  await marketer.at('new-audience').first().click()
  const drawer = marketer.page.getByRole('dialog')
  const form = new Form(marketer.page, drawer)
  const editor = marketer.at('condition-editor')
  const of = async (item: string, said: string, count: number, fill = async () => {}) => {
    await marketer.at(`ask-${item}`).click()
    await fill()
    await expect.poll(() => marketer.at('audience-said').textContent(), { timeout: 60_000 }).toContain(said)
    await expect
      .poll(() => marketer.at('condition-count').textContent(), { timeout: 60_000 })
      .toBe(String(count))
    await form.menu(editor.getByTestId('condition-menu').last(), '删除')
    await editor.getByText('还没有条件').waitFor()
  }
  const greeting = () => form.choose('值', '问候', 1)
  const lately = () => form.choose('时间范围', '近一段时间')

  await of('message_sent', '收到过消息', 2)
  await of('message_withheld', '有消息被拦下', 0)
  await of('in_journey', '正在旅程中', 2, greeting)
  await of('entered', '进入过旅程', 2, greeting)
  await of('finished', '走完过旅程', 0, greeting)
  await of('goal', '达成过旅程目标', 0, greeting)
  await of('consent', '同意接收短信营销', 2)
  await of('consent', '近 30 天同意接收短信营销', 1, lately)
  const verified = () => form.choose('问什么', '已验证')
  await of('reach', '邮件的收信地址已验证', 1, verified)
  await of('reach', '近 30 天邮件的收信地址已验证', 1, async () => {
    await verified()
    await lately()
  })
})

/** Whoever comes in is asked about, and gets a task. */
const deciding = {
  ...{ format: 1, id: 'deciding', name: name('判断') },
  nodes: {
    picked: { type: 'manual', name: name('名单'), config: {} },
    which: {
      ...{ type: 'branch', name: name('推荐什么') },
      config: { branches: [{ id: 'yes', name: name('是'), when: { kind: 'all', of: [] } }] },
    },
    call: {
      ...{ type: 'task', name: name('致电') },
      config: {
        ...{ title: '致电', for: { to: 'owner' }, limit: { amount: 2, unit: 'day' } },
        results: [{ id: 'reached', name: name('接通') }],
      },
    },
    done: { type: 'exit', name: name('结束'), config: {} },
  },
  edges: {
    picked: { entered: 'which' },
    which: { yes: 'call', otherwise: 'done' },
    call: { reached: 'done', overdue: 'done' },
  },
  layout: {
    ...{ picked: { x: 0, y: 0 }, which: { x: 0, y: 160 } },
    ...{ call: { x: 0, y: 320 }, done: { x: 0, y: 480 } },
  },
}

test('asks by hand for picks and counts those who would be shown such, and gives a task by name', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  await demo.post('/journeys', { file: JSON.stringify(deciding) })
  await marketer.open('/demo/journeys/deciding')
  const { canvas } = marketer
  const { inspector } = canvas
  const form = new Form(marketer.page, inspector)
  const kept = async (node: 'which' | 'call') => {
    const { journey } = journeyAnswer.parse(await demo.get('/journeys/deciding'))
    return journey.nodes[node]?.config
  }
  await canvas.opened()
  await canvas.select('which')
  await form.addTest('推荐的商品')
  const category = inspector.getByLabel('值', { exact: true })
  await category.click()
  await marketer.page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await category.press('Escape')
  await inspector.getByTestId('condition-count').first().waitFor()
  const picks = { kind: 'picks', where: [{ field: 'category', op: 'in', value: [expect.any(String)] }] }
  await expect
    .poll(() => kept('which'), { timeout: 60_000 })
    .toMatchObject({ branches: [{ when: { of: [picks] } }] })

  await canvas.select('call')
  const { staff, teams } = staffList.parse(await demo.get('/staff'))
  const somebody = staff.filter(({ active }) => active).at(1)
  const team = teams.at(-1)
  await form.choose('派给谁', '指定员工')
  await form.choose('选员工', somebody?.name ?? '')
  await expect
    .poll(() => kept('call'), { timeout: 60_000 })
    .toMatchObject({ for: { to: 'staff', staff: somebody?.id } })
  await form.choose('派给谁', '团队')
  await form.choose('选团队', team?.name ?? '')
  await expect
    .poll(() => kept('call'), { timeout: 60_000 })
    .toMatchObject({ for: { to: 'team', team: team?.id } })
})

test('says that an audience which is not there is not found', async ({ marketer }) => {
  marketer.watch.expect(/404/)
  await marketer.open('/own/audiences/nobody-made-it')
  await marketer.see('nobody-made-it').waitFor()
  await marketer.page.getByRole('alert').first().waitFor()
})

test('a menu stays under the pointer while the form above it grows', async ({ marketer }) => {
  const { page } = marketer
  await marketer.open('/own/audiences')
  await marketer.at('new-audience').first().click()
  const add = marketer.at('condition-add')
  const entry = page.getByRole('menuitem', { name: '客户属性', exact: true })
  const places = async () => [(await add.boundingBox())?.y, (await entry.boundingBox())?.y]
  const drawn = () => page.evaluate(() => new Promise((done) => setTimeout(done, 500)))
  await add.click()
  await entry.waitFor()
  await drawn()
  const before = await places()
  await marketer.at('condition-editor').evaluate((editor) => {
    const answer = document.createElement('div')
    answer.style.height = '120px'
    editor.before(answer)
  })
  await drawn()
  expect(await places()).toEqual(before)
  await entry.click()
  await marketer.see('填一个值').waitFor()
})
