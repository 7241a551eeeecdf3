import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

const place = '/demo/journeys/birthday-gift'

test.beforeAll(async ({ server }) => {
  await apiOf(server.url, 'demo').post('/journeys', { template: 'birthday-gift' })
})

test('cannot publish what is not finished, and is shown what is missing', async ({ marketer }) => {
  const { canvas, page } = marketer
  await marketer.open('/demo/journeys')
  await marketer.at('new-journey').click()
  await marketer.at('journey-name').fill('没画完的旅程')
  await marketer.press('去画布')
  await canvas.opened()
  await canvas.drop('audience_at', { x: 300, y: 160 })
  await marketer.at('publish').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/还有 \d+ 个问题，改好才能发布/).waitFor()
  expect(await dialog.getByTestId('publish-confirm').count()).toBe(0)
  await dialog.getByTestId('problem-dangling-port').click()
  await dialog.waitFor({ state: 'hidden' })
  await canvas.inspector.getByText(/编号 audience-at/).waitFor()
})

test('learns that the journey was changed in another window, and chooses', async ({ marketer }) => {
  marketer.watch.expect(/status of 409/)
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  const other = await page.context().newPage()
  await other.goto(page.url())
  const rename = async (window: typeof page, name: string) => {
    const field = window.getByTestId('journey-name').getByRole('textbox')
    await field.fill(name)
  }
  await rename(other, '另一个窗口的名字')
  await other.locator('[data-testid="save-state"][data-state="saved"]').waitFor()
  await other.close()

  await rename(page, '我的名字')
  await marketer.see('这个旅程在别处改过了').waitFor()
  await marketer.at('stale-theirs').click()
  await page.getByRole('heading', { level: 1, name: '另一个窗口的名字' }).waitFor()
  await marketer.see('这个旅程在别处改过了').waitFor({ state: 'hidden' })
  await rename(page, '商量好的名字')
  await canvas.saved()
})

test('sees that the server is gone, keeps drawing, is held from leaving, and loses nothing when it is back', async ({
  marketer,
  server,
}) => {
  marketer.watch.expect(/ERR_CONNECTION|ERR_INCOMPLETE|ERR_NETWORK|ERR_EMPTY|status of 50\d/)
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await server.stop()
  try {
    await page.getByTestId('journey-name').getByRole('textbox').fill('断线时写的名字')
    await marketer.see('没保存上，点这里重试').waitFor()
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await marketer.see('改动还没有存上').waitFor()
    await marketer.at('leave-stay').click()
    await marketer.see('改动还没有存上').waitFor({ state: 'hidden' })
  } finally {
    await server.start()
  }
  await marketer.at('save-state').click()
  await canvas.saved()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: '断线时写的名字' }).waitFor()
})

test('reads on a page that the server cannot be reached, and goes on by one press', async ({
  marketer,
  server,
}) => {
  marketer.watch.expect(/ERR_CONNECTION|ERR_INCOMPLETE|ERR_NETWORK|ERR_EMPTY|status of 50\d/)
  const { page } = marketer
  await marketer.open('/demo/journeys')
  await marketer.settled()
  await server.stop()
  try {
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByRole('button', { name: /重试|再试/ }).waitFor()
  } finally {
    await server.start()
  }
  await page.getByRole('button', { name: /重试|再试/ }).click()
  await marketer.at('customers-table').waitFor()
})
