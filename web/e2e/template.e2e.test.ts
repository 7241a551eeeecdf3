import { expect, test } from './harness/index.ts'

test('takes the Qixi gift box from the gallery, previews, rehearses, publishes and runs it', async ({
  marketer,
}) => {
  const { canvas, page } = marketer
  await marketer.open('/demo/templates')
  await marketer.at('use-qixi-gift-box').click()
  await canvas.opened()
  await marketer.see('校验通过').waitFor()
  expect(await marketer.page.getByRole('heading', { level: 1 }).textContent()).toBe('七夕大礼盒')

  // Preview: the same message reads differently for the next customer.
  await marketer.at('preview').click()
  const preview = page.getByRole('dialog')
  const first = preview.locator('button[aria-pressed="true"] + *')
  const before = await first.textContent()
  expect(before).toMatch(/^【鹊桥礼物】.{2,4}，离七夕还有两周/)
  expect(before).toContain('拒收请回复R')
  await preview
    .getByText('可以发出')
    .or(preview.getByText(/会被拦下/))
    .first()
    .waitFor()
  await marketer.at('panel-next').click()
  await expect.poll(() => first.textContent()).not.toBe(before)
  await preview.getByRole('row', { name: /姓名/ }).waitFor()
  // Some members may not be written to, and it is said why.
  const held = preview.getByText(/^会被拦下：/)
  const whose = () => preview.locator('section header').textContent()
  for (let step = 0; step < 40 && (await held.count()) === 0; step += 1) {
    const now = await whose()
    await marketer.at('panel-next').click()
    await expect.poll(whose).not.toBe(now)
  }
  expect(await held.first().textContent()).toMatch(/已退订|没有同意接收|在黑名单里|没有可用|属于对照组/)
  await preview.locator('.ant-drawer-close').click()
  await preview.waitFor({ state: 'hidden' })

  // Rehearsal: numbers stand on the nodes, and change with the day that is looked at.
  await marketer.at('rehearse').click()
  await marketer.press('开始彩排')
  await marketer.at('rehearsal-summary').waitFor()
  const people = Number((await marketer.at('rehearsal-summary').textContent())?.match(/([\d,]+) 人/)?.[1])
  expect(people).toBeGreaterThan(20)
  const figures = marketer.at('figures-past-buyers')
  await canvas.tool('看全图')
  expect(await figures.textContent()).toMatch(/进入 \d/)
  const reminded = marketer.at('figures-sms-t3')
  const atTheEnd = await reminded.textContent()
  const slider = page.getByRole('slider', { name: '拖动看每一天' })
  const box = await slider.boundingBox()
  if (box === null) throw new Error('the days are not shown')
  await canvas.drag({ x: box.x + box.width - 4, y: box.y + 10 }, { x: box.x + 4, y: box.y + 10 })
  expect(await slider.getAttribute('aria-valuenow')).toBe('1')
  await expect.poll(() => reminded.textContent()).not.toBe(atTheEnd)
  await marketer.press('收起彩排')

  // Publish, and let time pass.
  await marketer.at('publish').click()
  await marketer.see(`${people} 人进入，单人最多`).waitFor()
  await marketer.at('publish-confirm').click()
  await marketer.see('v1 运行中').waitFor()
  await marketer.advance('到下一件事')
  expect(await marketer.time()).toContain('7 月 25 日 10:00')
  await expect.poll(() => figures.textContent()).toMatch(/进入 [1-9]/)
  await expect.poll(() => marketer.at('figures-sms-t14').textContent()).toMatch(/[1-9]/)
  await marketer.openPhone()
  await marketer.phone
    .getByText(/离七夕还有两周/)
    .first()
    .waitFor()
})
