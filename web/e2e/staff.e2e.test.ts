import type { APIRequestContext, Page } from 'playwright-core'
import { test as base, expect, type Marketer } from './harness/index.ts'

const password = 'magpies on a bridge'
const test = base
  .extend('environment', { scope: 'file' }, () => ({ MAGPIE_PASSWORD: password }))
  .extend('members', { scope: 'file' }, 5)

/** The demo brand has staff of its own; this one begins without any. */
const brand = '/api/v1/brands/own'

async function logIn({ page }: Pick<Marketer, 'page'>): Promise<void> {
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '进入', exact: true }).click()
}

/** Adds somebody by the form, with a login where a password is given. */
async function hire(marketer: Marketer, id: string, name: string, login = ''): Promise<void> {
  await marketer.at('add-staff').click()
  await marketer.at('staff-id').fill(id)
  await marketer.at('staff-name').fill(name)
  await marketer.at('staff-password').fill(login)
  await marketer.press('保存', marketer.page.getByRole('dialog'))
  await marketer.at(`edit-${id}`).waitFor()
}

/** Whoever is put in by hand is called by their owner, whose result says how they go on. */
async function callThem(
  request: APIRequestContext,
  url: string,
  customers: readonly string[],
): Promise<void> {
  const send = async (method: 'post' | 'put', path: string, data: object) => {
    const answer = await request[method](`${url}${brand}${path}`, { data, headers: { origin: url } })
    expect([path, answer.status()]).toEqual([path, 200 + (path === '/journeys' ? 1 : 0)])
    return answer.json()
  }
  const name = (text: string) => ({ 'zh-CN': text, en: text })
  const { journey, revision } = await send('post', '/journeys', { name: name('回访') })
  const results = [
    { id: 'reached', name: name('约好到店') },
    { id: 'refused', name: name('拒绝') },
  ]
  const config = { title: '致电', for: { to: 'owner' }, results, limit: { amount: 2, unit: 'day' } }
  const nodes = {
    picked: { type: 'manual', name: name('放入'), config: {} },
    call: { type: 'task', name: name('致电'), config },
    noted: { type: 'tag', name: name('记下'), config: { add: ['约好到店'] } },
    done: { type: 'exit', name: name('完成'), config: {} },
  }
  const edges = {
    picked: { entered: 'call' },
    call: { reached: 'noted', refused: 'done', overdue: 'done' },
    noted: { done: 'done' },
  }
  const drawn = { ...journey, nodes, edges }
  const saved = await send('put', `/journeys/${journey.id}/draft`, { journey: drawn, revision })
  await send('post', `/journeys/${journey.id}/publish`, { revision: saved.revision })
  await send('post', `/journeys/${journey.id}/enter`, { customerIds: customers })
}

/** Where a task of somebody's is given to another. */
async function firstTaskOf(staff: string, request: APIRequestContext, url: string): Promise<string> {
  const path = `${url}${brand}/tasks`
  const { tasks } = await (await request.get(`${path}?whose=mine&staff=${staff}`)).json()
  return `${path}/${tasks[0].id}/assign`
}

async function logInAsStaff(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/own/tasks`)
  await page.getByTestId('login-staff').click()
  await page.getByTestId('login-staff-id').fill('li')
  await page.getByLabel('密码', { exact: true }).fill('password of li')
  await page.getByRole('button', { name: '进入', exact: true }).click()
}

test('gives customers to staff, whose result on a phone moves a customer on, and hands over who leaves', async ({
  marketer,
  server,
  browser,
}) => {
  marketer.watch.expect(/status of 401/)
  const { page } = marketer
  await marketer.open('/own/staff')
  await logIn(marketer)
  await marketer.see('还没有员工').waitFor()
  const sixty = Array.from({ length: 60 }, (_, at) => ({ id: `c${at + 1}`, name: `顾客 ${at + 1}` }))
  const added = await page.request.post(`${server.url}${brand}/customers`, {
    data: sixty,
    headers: { origin: server.url },
  })
  expect(added.status()).toBe(200)
  await hire(marketer, 'li', '李娜', 'password of li')
  await hire(marketer, 'wang', '王强')

  await page.getByRole('tab', { name: '分配规则' }).click()
  await marketer.at('add-rule').click()
  await marketer.at('save-rules').click()
  await expect.poll(() => marketer.at('give-now').isEnabled()).toBe(true)
  await marketer.at('give-now').click()
  await marketer.at('give-preview').click()
  await marketer.at('give-counts').getByText('李娜').waitFor()
  await marketer.at('give-confirm').click()
  const staff = async (): Promise<{ id: string; customers: number }[]> =>
    (await (await page.request.get(`${server.url}${brand}/staff`)).json()).staff
  const loads = async () => Object.fromEntries((await staff()).map(({ id, customers }) => [id, customers]))
  await expect.poll(loads).toEqual({ li: 30, wang: 30 })

  const { customers } = await (await page.request.get(`${server.url}${brand}/customers?limit=2`)).json()
  const ids: string[] = customers.map(({ id }: { id: string }) => id)
  await callThem(page.request, server.url, ids)
  // What was meant for one is given to the other, and back: each sees their own.
  const tasksOf = async (id: string) =>
    (await (await page.request.get(`${server.url}${brand}/tasks?whose=mine&staff=${id}`)).json()).tasks.length
  await marketer.open('/own/tasks')
  const whose = marketer.at('task-whose-staff')
  await whose.first().waitFor()
  await page.getByText('李娜', { exact: true }).first().click()
  await page.getByRole('option', { name: '王强' }).waitFor({ state: 'attached' })
  await page.getByTitle('王强').last().click()
  await expect.poll(() => tasksOf('wang')).toBe(2)
  await page.request.post(await firstTaskOf('wang', page.request, server.url), {
    data: { staff: 'li' },
    headers: { origin: server.url },
  })
  await expect.poll(() => tasksOf('li')).toBe(1)

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const small = await phone.newPage()
  await logInAsStaff(small, server.url)
  const card = small.getByTestId('task-card')
  await card.first().waitFor()
  expect(await card.count()).toBe(1)
  await small.getByTestId('decide-reached').click()
  await small.getByTestId('task-note').fill('周末到店')
  await small.getByTestId('task-confirm').click()
  await small.getByText('眼下没有要办的事').waitFor()
  expect(await small.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  expect((await phone.request.get(`${server.url}${brand}/customers`)).status()).toBe(403)
  await phone.close()

  await marketer.open(`/own/customers/${encodeURIComponent(ids[0] ?? '')}`)
  await marketer.see('员工办完任务，结果「约好到店」').first().waitFor()
  // Something to do that no journey asks for.
  await marketer.at('give-task').click()
  await marketer.at('give-title').fill('送一份小样')
  await page.getByRole('button', { name: '派出' }).click()
  await marketer.see('送一份小样').first().waitFor()

  await marketer.open('/own/staff')
  await marketer.at('hand-over-li').click()
  await page.getByText('交给一个人').click()
  await marketer.at('give-to').click()
  await page.getByTitle('王强').click()
  await marketer.at('give-preview').click()
  await marketer.at('give-confirm').click()
  await expect.poll(loads).toEqual({ li: 0, wang: 60 })
  await marketer.see('已离开').first().waitFor()
})
