import type { BrowserContext } from 'playwright-core'
import { test as base, expect, type Marketer } from './harness/index.ts'

const password = 'magpies on a bridge'
const test = base.extend('environment', { scope: 'file' }, () => ({ MAGPIE_PASSWORD: password }))

const list = '/demo/settings?tab=logins'

async function logIn({ page }: Pick<Marketer, 'page'>): Promise<void> {
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '进入', exact: true }).click()
}

/** Logs in from somewhere else, as another browser does. */
async function logInElsewhere({ page }: Marketer, url: string): Promise<BrowserContext> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('the window belongs to no browser')
  const context = await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone) Version/18.5 Safari/604.1' })
  const { status } = await context.request
    .post(`${url}/api/v1/session`, { data: { password }, headers: { origin: url } })
    .then((answer) => ({ status: answer.status() }))
  expect(status).toBe(204)
  return context
}

const isIn = (context: BrowserContext, url: string) =>
  context.request.get(`${url}/api/v1/sessions`).then((answer) => answer.ok())

test('sees who is logged in, ends another login, and then all of them', async ({ marketer, server }) => {
  marketer.watch.expect(/status of 401/)
  const { page } = marketer
  await marketer.open(list)
  await logIn(marketer)
  await marketer.at('login-current').getByText('当前').waitFor()
  await marketer.see('除了你，没有别人在登录。').waitFor()
  expect(await marketer.at('end-others').isDisabled()).toBe(true)

  const phone = await logInElsewhere(marketer, server.url)
  const tablet = await logInElsewhere(marketer, server.url)
  await marketer.open(list)
  const others = marketer.at('login-other')
  await others.getByText('Safari · iPhone').first().waitFor()
  expect(await others.count()).toBe(2)

  await others.first().getByRole('button').click()
  await marketer.press('退出', page.getByRole('dialog'))
  await expect.poll(() => others.count()).toBe(1)
  const left = await Promise.all([isIn(phone, server.url), isIn(tablet, server.url)])
  expect(left.filter(Boolean)).toHaveLength(1)

  await marketer.at('end-all').click()
  await marketer.press('全部退出', page.getByRole('dialog'))
  await page.getByLabel('密码', { exact: true }).waitFor()
  expect(await Promise.all([isIn(phone, server.url), isIn(tablet, server.url)])).toEqual([false, false])
  await phone.close()
  await tablet.close()
})
